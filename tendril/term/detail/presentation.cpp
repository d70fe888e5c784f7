#include <tendril/term/detail/charset_name.hpp>
#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/presentation.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <string>

namespace tendril::term::detail {

// DECCIR and DECTABSR, the reports of DECRQPSR, and DECRSPS, which reads them back. Spec: VT510 manual.

namespace {

/// Flags travel in the low bits of a character.
char flag_character(int bits) noexcept
{
    return static_cast<char>(0x40 | bits);
}

int flags_of(std::string_view field) noexcept
{
    return field.empty() ? 0 : field.front() & 0x3F;
}

std::string tab_report(state const& s)
{
    std::string text;
    for (int column = 0; column < s.columns; ++column)
        if (s.tabs.at(column))
            text += (text.empty() ? "" : "/") + std::to_string(column + 1);
    return text;
}

void restore_charsets(state& s, int left, int right, int size_bits, std::string_view names)
{
    auto& sets = s.at.charsets;
    for (std::size_t i = 0; i < sets.sets.size() && !names.empty(); ++i) {
        auto const length = names[0] >= 0x20 && names[0] < 0x30 ? 2u : 1u;
        if (auto const set = charset_named(names.substr(0, length), (size_bits >> i & 1) != 0))
            sets.sets[i] = *set;
        names.remove_prefix(std::min<std::size_t>(length, names.size()));
    }
    sets.left = static_cast<std::uint8_t>(left & 3);
    sets.right = static_cast<std::uint8_t>(right & 3);
}

void restore_cursor(state& s, std::string_view text)
{
    auto const row = number_of(next_field(text));
    auto const column = number_of(next_field(text));
    auto const page = number_of(next_field(text));
    if (!row || !column || !page)
        return;
    auto const rendition_bits = flags_of(next_field(text));
    auto const guarded = flags_of(next_field(text)) & 1;
    auto const flag_bits = flags_of(next_field(text));
    auto const left = number_of(next_field(text)).value_or(0);
    auto const right = number_of(next_field(text)).value_or(2);
    auto const size_bits = flags_of(next_field(text));

    auto& pen = s.at.pen.style;
    auto const assign = [&](attribute which, bool on) { on ? pen.set(which) : pen.clear(which); };
    assign(attribute::bold, (rendition_bits & 1) != 0);
    assign(attribute::blink, (rendition_bits & 4) != 0);
    assign(attribute::reverse, (rendition_bits & 8) != 0);
    assign(attribute::guarded, guarded != 0);
    pen.set_line((rendition_bits & 2) != 0 ? underline::single : underline::none);
    s.set_mode(mode::origin, (flag_bits & 1) != 0);
    restore_charsets(s, left, right, size_bits, text);
    s.at.charsets.single_shift = (flag_bits & 2) != 0   ? std::uint8_t{2}
                                 : (flag_bits & 4) != 0 ? std::uint8_t{3}
                                                        : charset_state::no_shift;
    move_to(s, *column - 1, *row - 1);
    s.at.pending_wrap = (flag_bits & 8) != 0 && s.at.column == s.text_end() - 1;
}

void restore_tabs(state& s, std::string_view text)
{
    s.tabs.clear_all();
    while (!text.empty())
        if (auto const column = number_of(next_field(text, '/'));
            column && *column >= 1 && *column <= s.columns)
            s.tabs.set(*column - 1);
}

}  // namespace

std::string cursor_report(position const& at, bool origin)
{
    auto const& pen = at.pen.style;
    auto const& sets = at.charsets;
    auto const rendition_bits = (pen.has(attribute::bold) ? 1 : 0) | (pen.line() != underline::none ? 2 : 0) |
                                (pen.has(attribute::blink) ? 4 : 0) | (pen.has(attribute::reverse) ? 8 : 0);
    auto const flag_bits = (origin ? 1 : 0) | (sets.single_shift == 2 ? 2 : 0) |
                           (sets.single_shift == 3 ? 4 : 0) | (at.pending_wrap ? 8 : 0);
    auto size_bits = 0;
    std::string names;
    for (std::size_t i = 0; i < sets.sets.size(); ++i) {
        auto const name = name_of(sets.sets[i]);
        size_bits |= name.has_96 ? 1 << i : 0;
        names += name.designator;
    }
    std::string text = std::to_string(at.row + 1) + ";" + std::to_string(at.column + 1) + ";1;";
    text += flag_character(rendition_bits);
    text += ';';
    text += flag_character(pen.has(attribute::guarded) ? 1 : 0);
    text += ';';
    text += flag_character(flag_bits);
    text += ";" + std::to_string(sets.left) + ";" + std::to_string(sets.right) + ";";
    text += flag_character(size_bits);
    return text + ";" + names;
}

void decrqpsr(state& s, numbers n)
{
    if (n[0] == 1)
        reply(s, "\x1bP1$u" + cursor_report(s.at, s.is(mode::origin)) + "\x1b\\");
    else if (n[0] == 2)
        reply(s, "\x1bP2$u" + tab_report(s) + "\x1b\\");
}

void decrsps(state& s, numbers n, std::string_view payload)
{
    if (n[0] == 1)
        restore_cursor(s, payload);
    else if (n[0] == 2)
        restore_tabs(s, payload);
}

}  // namespace tendril::term::detail
