#include <tendril/term/detail/charset_name.hpp>
#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/print.hpp>

#include <string>

namespace tendril::term::detail {

void scs(state& s, vt::sequence const& what)
{
    auto const where = what.intermediates[0];
    auto const among_96 = where >= '-' && where <= '/';
    auto const index = static_cast<std::size_t>(among_96 ? where - '-' + 1 : where - '(');
    std::string designator;
    if (what.intermediates[1] != 0)
        designator += what.intermediates[1];
    designator += what.final;
    // A set that is not known shows as ASCII: then its text is at least readable.
    s.at.charsets.sets[index] = charset_named(designator, among_96).value_or(charset::ascii);
}

void locking_shift(state& s, std::uint8_t set)
{
    s.at.charsets.left = set;
}

void locking_shift_right(state& s, std::uint8_t set)
{
    s.at.charsets.right = set;
}

void single_shift(state& s, std::uint8_t set)
{
    s.at.charsets.single_shift = set;
}

void print_upper_half(state& s, std::u32string_view text)
{
    for (auto const scalar : text) {
        auto const& used = s.at.charsets;
        auto const shifted = used.single_shift != charset_state::no_shift;
        auto const set = used.sets[shifted ? used.single_shift : used.right];
        auto const byte = static_cast<char>(scalar & 0x7F);
        auto const is_inside = has_96(set) || (byte > 0x20 && byte < 0x7F);
        // ASCII has no upper half: then the byte is one of Latin-1 (xterm).
        print_scalar(s, set == charset::ascii || !is_inside ? scalar : mapped(set, byte));
    }
}

void docs(state& s, bool eight_bit)
{
    s.chosen.eight_bit_input = eight_bit;
}

void announce(state& s, char level)
{
    // ECMA-43: levels 1 and 2 have ASCII in G0 and Latin-1 in G1, level 3 only ASCII.
    auto& used = s.at.charsets;
    used.sets[0] = charset::ascii;
    used.left = 0;
    if (level != 'N') {
        used.sets[1] = charset::latin_1;
        used.right = 1;
    }
}

}  // namespace tendril::term::detail
