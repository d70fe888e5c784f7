#include <tendril/term/detail/charset.hpp>

#include <string_view>
#include <utility>

namespace tendril::term::detail {

namespace {

// DEC Special Graphics, 0x5F to 0x7E (VT100 user guide, table 3-9).
constexpr std::array<char32_t, 32> graphics{U' ',   0x25C6, 0x2592, 0x2409, 0x240C, 0x240D, 0x240A, 0x00B0,
                                            0x00B1, 0x2424, 0x240B, 0x2518, 0x2510, 0x250C, 0x2514, 0x253C,
                                            0x23BA, 0x23BB, 0x2500, 0x23BC, 0x23BD, 0x251C, 0x2524, 0x2534,
                                            0x252C, 0x2502, 0x2264, 0x2265, 0x03C0, 0x2260, 0x00A3, 0x00B7};

// Where a national replacement set differs from ASCII: these positions, in this order.
constexpr std::string_view replaced = "#@[\\]^_`{|}~";

using replacements = std::u32string_view;

/// VT510 manual, "National Replacement Character Sets".
constexpr replacements national(charset set) noexcept
{
    switch (set) {
    case charset::british:
        return U"£@[\\]^_`{|}~";
    case charset::dutch:
        return U"£¾ĳ½|^_`¨ƒ¼´";
    case charset::finnish:
        return U"#@ÄÖÅÜ_éäöåü";
    case charset::french:
        return U"£à°ç§^_`éùè¨";
    case charset::french_canadian:
        return U"#àâçêî_ôéùèû";
    case charset::german:
        return U"#§ÄÖÜ^_`äöüß";
    case charset::italian:
        return U"£§°çé^_ùàòèì";
    case charset::norwegian:
        return U"#ÄÆØÅÜ_äæøåü";
    case charset::portuguese:
        return U"#@ÃÇÕ^_`ãçõ~";
    case charset::spanish:
        return U"£§¡Ñ¿^_`°ñç~";
    case charset::swedish:
        return U"#ÉÄÖÅÜ_éäöåü";
    case charset::swiss:
        return U"ùàéçêîèôäöüû";
    case charset::serbo_croatian:
        return U"#ŽŠĐĆČ_žšđćč";
    case charset::turkish:
        return U"#İŞÖÇÜ_Ğşöçü";
    case charset::jis_roman:
        return U"#@[¥]^_`{|}‾";
    default:
        return {};
    }
}

}  // namespace

char32_t mapped(charset set, char byte) noexcept
{
    auto const plain = static_cast<char32_t>(static_cast<unsigned char>(byte));
    if (set == charset::dec_graphics)
        return plain >= 0x5F ? graphics[plain - 0x5F] : plain;
    if (auto const* const table = whole_table(set))
        return (*table)[plain - 0x20];
    auto const own = national(set);
    auto const place = own.empty() ? std::string_view::npos : replaced.find(byte);
    if (place != std::string_view::npos)
        return own[place];
    if (set == charset::turkish && byte == '&')
        return U'ğ';
    return plain;
}

}  // namespace tendril::term::detail
