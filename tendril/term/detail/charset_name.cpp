#include <tendril/term/detail/charset_name.hpp>

#include <algorithm>
#include <array>

namespace tendril::term::detail {

namespace {

struct entry {
    std::string_view designator;
    charset set;
};

// The first name of a set is the one it is reported under.
constexpr std::array entries{
    entry{"B", charset::ascii},
    entry{"1", charset::ascii},  // the alternate character ROM, which shows the same
    entry{"0", charset::dec_graphics},
    entry{"2", charset::dec_graphics},
    entry{"A", charset::british},
    entry{"4", charset::dutch},
    entry{"C", charset::finnish},
    entry{"5", charset::finnish},
    entry{"R", charset::french},
    entry{"f", charset::french},
    entry{"Q", charset::french_canadian},
    entry{"9", charset::french_canadian},
    entry{"K", charset::german},
    entry{"Y", charset::italian},
    entry{"`", charset::norwegian},
    entry{"E", charset::norwegian},
    entry{"6", charset::norwegian},
    entry{"%6", charset::portuguese},
    entry{"Z", charset::spanish},
    entry{"H", charset::swedish},
    entry{"7", charset::swedish},
    entry{"=", charset::swiss},
    entry{"%3", charset::serbo_croatian},
    entry{"%2", charset::turkish},
    entry{"\">", charset::greek},
    entry{"%=", charset::hebrew},
    entry{"&5", charset::russian},
    entry{"%5", charset::dec_supplemental},
    entry{"<", charset::user_preferred},
    entry{">", charset::dec_technical},
    entry{"\"?", charset::dec_greek},
    entry{"\"4", charset::dec_hebrew},
    entry{"%0", charset::dec_turkish},
    entry{"&4", charset::dec_cyrillic},
    entry{"J", charset::jis_roman},
    entry{"I", charset::jis_katakana},
    entry{"A", charset::latin_1},
    entry{"B", charset::latin_2},
    entry{"M", charset::latin_5},
    entry{"F", charset::iso_greek},
    entry{"H", charset::iso_hebrew},
    entry{"L", charset::iso_cyrillic},
};

}  // namespace

charset_name name_of(charset set) noexcept
{
    auto const found = std::ranges::find(entries, set, &entry::set);
    return {found->designator, has_96(set)};
}

std::string designation(charset set, std::size_t index)
{
    auto const name = name_of(set);
    return std::string("\x1b") + (name.has_96 ? "?-./"[index] : "()*+"[index]) + std::string(name.designator);
}

std::optional<charset> charset_named(std::string_view designator, bool among_96) noexcept
{
    for (auto const& each : entries)
        if (each.designator == designator && has_96(each.set) == among_96)
            return each.set;
    return std::nullopt;
}

}  // namespace tendril::term::detail
