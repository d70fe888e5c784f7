#include <tendril/term/detail/charset.hpp>

namespace tendril::term::detail {

namespace {

// DEC Special Graphics, 0x5F to 0x7E (VT100 user guide, table 3-9).
constexpr std::array<char32_t, 32> graphics{U' ',   0x25C6, 0x2592, 0x2409, 0x240C, 0x240D, 0x240A, 0x00B0,
                                            0x00B1, 0x2424, 0x240B, 0x2518, 0x2510, 0x250C, 0x2514, 0x253C,
                                            0x23BA, 0x23BB, 0x2500, 0x23BC, 0x23BD, 0x251C, 0x2524, 0x2534,
                                            0x252C, 0x2502, 0x2264, 0x2265, 0x03C0, 0x2260, 0x00A3, 0x00B7};

}  // namespace

char32_t mapped(charset set, char byte) noexcept
{
    auto const plain = static_cast<char32_t>(static_cast<unsigned char>(byte));
    switch (set) {
    case charset::dec_graphics:
        return plain >= 0x5F ? graphics[plain - 0x5F] : plain;
    case charset::british:
        return plain == U'#' ? U'\u00A3' : plain;
    case charset::ascii:
        break;
    }
    return plain;
}

}  // namespace tendril::term::detail
