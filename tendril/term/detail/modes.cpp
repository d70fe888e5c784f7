#include <tendril/term/detail/controls.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace tendril::term::detail {

namespace {

void show(state& s, side which)
{
    if (s.shown == which)
        return;
    s.shown = which;
    move_to(s, s.at.column, s.at.row);  // the line there may be one of double width
}

void clear_alternate(state& s)
{
    auto& lines = s.screens[static_cast<std::size_t>(side::alternate)].lines;
    for (int y = 0; y < lines.rows(); ++y)
        lines[y].clear(s.blank_style());
}

/// The alternate screens, as xterm tells them apart: 47 keeps its text, 1047 clears it on leaving, 1049
/// clears it on entering and saves the cursor around it.
void switch_screen(state& s, mode which, bool on)
{
    auto const was = s.shown;
    if (which == mode::alternate_1049 && on && was == side::primary) {
        decsc(s);
        clear_alternate(s);
    }
    if (which == mode::alternate_1047 && !on && was == side::alternate)
        clear_alternate(s);
    show(s, on ? side::alternate : side::primary);
    if (which == mode::alternate_1049 && !on && was == side::alternate)
        decrc(s);
    for (auto const each : {mode::alternate_47, mode::alternate_1047, mode::alternate_1049})
        s.set_mode(each, on && each == which);
}

/// DECCOLM: everything but the new width, which is the host's to decide.
void change_width(state& s, int columns)
{
    s.reset_region();
    s.set_mode(mode::left_right_margins, false);
    if (!s.is(mode::keep_on_132))
        for (int y = 0; y < s.rows; ++y)
            s.lines()[y].clear(s.blank_style());
    resize_on_request(s, columns, s.rows);
    move_to(s, 0, 0);
}

/// Whether a mode is one of a terminal of a higher level than DECSCL chose.
bool is_beyond_level(state const& s, mode which) noexcept
{
    auto const needed = which == mode::left_right_margins ? 4 : which == mode::keep_on_132 ? 5 : 1;
    return s.chosen.level_was_chosen && s.chosen.conformance_level < needed;
}

/// Whether a mode can be changed as things are: some depend on another mode or on DECSCL.
bool is_open(state const& s, mode which) noexcept
{
    if (is_beyond_level(s, which))
        return false;
    switch (which) {
    case mode::columns_132:
        return s.is(mode::allow_columns_132);
    case mode::alternate_47:
    case mode::alternate_1047:
    case mode::alternate_1049:
    case mode::saved_cursor_1048:
        return s.is(mode::alternate_allowed);
    default:
        return true;
    }
}

/// What a mode does at the moment it changes, beyond being remembered.
void act(state& s, mode which, bool on)
{
    switch (which) {
    case mode::origin:
        cup(s, {});
        break;
    case mode::autowrap:
        if (!on)
            s.at.pending_wrap = false;
        break;
    case mode::left_right_margins:
        s.region.left = 0;
        s.region.right = s.columns - 1;
        break;
    case mode::columns_132:
        change_width(s, on ? 132 : 80);
        break;
    case mode::ansi:
        s.at.charsets = {};  // xterm: both ways lead to ASCII
        s.vt52_operands = 0;
        break;
    case mode::saved_cursor_1048:
        if (on)
            decsc(s);
        else
            decrc(s);
        break;
    case mode::alternate_47:
    case mode::alternate_1047:
    case mode::alternate_1049:
        switch_screen(s, which, on);
        break;
    case mode::alternate_allowed:
        if (!on)
            switch_screen(s, mode::alternate_47, false);
        break;
    default:
        break;
    }
}

/// Modes of ECMA-48 and DEC that no terminal without a printer, a local editor or a Tektronix screen ever
/// sets.
bool is_never_set(mode_space space, int number) noexcept
{
    constexpr std::array ansi{1, 3, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19};
    constexpr std::array dec{10, 38, 46, 60};
    auto const among = [number](auto const& modes) {
        return std::ranges::find(modes, number) != modes.end();
    };
    return space == mode_space::ansi ? among(ansi) : among(dec);
}

/// What DECRQM says of a mode: the three of the alternate screen all tell whether it is shown, as in xterm.
bool reads_as_set(state const& s, mode which) noexcept
{
    switch (which) {
    case mode::alternate_47:
    case mode::alternate_1047:
    case mode::alternate_1049:
        return s.shown == side::alternate;
    default:
        return s.is(which);
    }
}

void change(state& s, mode_entry const& entry, bool on)
{
    if (entry.access != mode_access::settable || !is_open(s, entry.what))
        return;
    if (on && entry.group != mode_group::none)
        for (auto const& other : mode_table())
            if (other.group == entry.group)
                s.set_mode(other.what, false);
    auto const before = s.is(entry.what);
    s.set_mode(entry.what, on);
    act(s, entry.what, on);
    if (before != on) {
        auto const mark = entry.space == mode_space::dec ? "?" : "";
        notify(
            s,
            {.what = event::kind::mode, .on = on, .text = mark + std::to_string(entry.number), .detail = {}});
    }
}

void change_all(state& s, mode_space space, numbers n, bool on)
{
    for (std::size_t i = 0; i < n.size(); ++i)
        if (auto const* const entry = find_mode(space, n[i]))
            change(s, *entry, on);
}

}  // namespace

void sm(state& s, mode_space space, numbers n)
{
    change_all(s, space, n, true);
}

void rm(state& s, mode_space space, numbers n)
{
    change_all(s, space, n, false);
}

void decrqm(state& s, mode_space space, numbers n)
{
    if (s.chosen.level_was_chosen && s.chosen.conformance_level < 3)
        return;       // a VT200 does not know the question
    auto answer = 0;  // not recognised
    if (is_never_set(space, n[0]))
        answer = 4;
    else if (auto const* const entry = find_mode(space, n[0]); entry && !is_beyond_level(s, entry->what)) {
        if (entry->access == mode_access::always_set)
            answer = 3;
        else if (entry->access == mode_access::always_reset)
            answer = 4;
        else
            answer = reads_as_set(s, entry->what) ? 1 : 2;
    }
    auto const mark = space == mode_space::dec ? "?" : "";
    reply(s, std::string("\x1b[") + mark + std::to_string(n[0]) + ";" + std::to_string(answer) + "$y");
}

void xtsave(state& s, numbers n)
{
    for (std::size_t i = 0; i < n.size(); ++i) {
        if (auto const* const entry = find_mode(mode_space::dec, n[i])) {
            auto const index = static_cast<std::size_t>(entry->what);
            s.saved_modes[index] = s.modes[index];
            s.saved_mask[index] = true;
            if (entry->what == mode::saved_cursor_1048 && is_open(s, entry->what))
                decsc(s);
        }
    }
}

void xtrestore(state& s, numbers n)
{
    for (std::size_t i = 0; i < n.size(); ++i) {
        auto const* const entry = find_mode(mode_space::dec, n[i]);
        if (entry == nullptr || !s.saved_mask[static_cast<std::size_t>(entry->what)])
            continue;
        auto const cursor = entry->what == mode::saved_cursor_1048;  // which restores when it is reset
        change(s, *entry, !cursor && s.saved_modes[static_cast<std::size_t>(entry->what)]);
    }
}

void decscusr(state& s, numbers n)
{
    if (n[0] > 6)
        return;
    auto const style = n.at_or(0, 1);
    s.shape = static_cast<cursor_shape>((style - 1) / 2);
    s.set_mode(mode::cursor_blink, style % 2 == 1);
}

void deckpam(state& s)
{
    s.set_mode(mode::application_keypad, true);
}

void deckpnm(state& s)
{
    s.set_mode(mode::application_keypad, false);
}

}  // namespace tendril::term::detail
