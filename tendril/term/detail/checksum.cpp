#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/rectangle.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

/// What the VT525 adds for each attribute, as xterm found out.
unsigned attribute_value(rendition style) noexcept
{
    unsigned value = style.has(attribute::guarded) ? 0x04u : 0u;
    value += style.has(attribute::hidden) ? 0x08u : 0u;
    value += style.line() != underline::none ? 0x10u : 0u;
    value += style.has(attribute::reverse) ? 0x20u : 0u;
    value += style.has(attribute::blink) ? 0x40u : 0u;
    return value + (style.has(attribute::bold) ? 0x80u : 0u);
}

/// The value of one cell's text.
unsigned text_value(state const& s, glyph shown, bool whole) noexcept
{
    if (shown.is_blank())
        return U' ';
    if (!shown.is_cluster())
        return whole ? shown.value() : shown.value() & 0xFFu;
    unsigned sum = 0;
    for (auto const scalar : s.clusters[shown.value()]) {
        sum += static_cast<unsigned>(scalar);
        if (!whole)
            return sum & 0xFFu;
    }
    return sum;
}

unsigned sum_of(state const& s, rectangle const& area)
{
    auto const bits = s.chosen.checksum_bits;
    auto const has = [bits](unsigned which) { return (bits & which) != 0; };
    unsigned sum = 0;
    unsigned counted = 0;  // up to the last cell that is no blank: blanks behind it are left out
    bool first = true;
    for (int y = area.top; y <= area.bottom; ++y) {
        for (int x = area.left; x <= area.right; ++x) {
            auto const here = s.lines()[y].at(x);
            if (here.shown.part() == glyph::role::tail)
                continue;
            if (here.shown.is_blank() && !has(checksum::undrawn_blanks) && !has(checksum::all_blanks))
                continue;
            auto value = text_value(s, here.shown, has(checksum::whole_cells));
            if (!has(checksum::plain))
                value += attribute_value(here.style);
            sum += value;
            if (first || value != U' ' || has(checksum::all_blanks))
                counted = sum;
            first = false;
        }
        if (!has(checksum::all_blanks))
            sum = counted;
    }
    return has(checksum::all_blanks) ? sum : counted;
}

}  // namespace

void decrqcra(state& s, numbers n)
{
    auto const area = rectangle_at(s, n, 2);
    auto sum = area ? sum_of(s, *area) : 0u;
    if ((s.chosen.checksum_bits & checksum::positive) == 0)
        sum = 0u - sum;
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text = "\x1bP" + std::to_string(n[0]) + "!~";
    for (int shift = 12; shift >= 0; shift -= 4)
        text += digits[(sum >> shift) & 15u];
    reply(s, text + "\x1b\\");
}

void xtchecksum(state& s, numbers n)
{
    s.chosen.checksum_bits = static_cast<unsigned>(n[0]) & 31u;
}

}  // namespace tendril::term::detail
