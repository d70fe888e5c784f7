#include <tendril/term/detail/controls.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

void show(state& s, side which)
{
    if (s.shown == which)
        return;
    s.shown = which;
    s.at.pending_wrap = false;
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
        if (!s.is(mode::allow_columns_132))
            break;
        s.reset_region();  // DECCOLM's effects without the new width: that is the host's to decide
        if (!s.is(mode::keep_on_132))
            for (int y = 0; y < s.rows; ++y)
                s.lines()[y].clear(s.blank_style());
        move_to(s, 0, 0);
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
    default:
        break;
    }
}

void change(state& s, mode_entry const& entry, bool on)
{
    if (entry.access != mode_access::settable)
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
    auto answer = 0;  // not recognised
    if (auto const* const entry = find_mode(space, n[0])) {
        if (entry->access == mode_access::always_set)
            answer = 3;
        else if (entry->access == mode_access::always_reset)
            answer = 4;
        else
            answer = s.is(entry->what) ? 1 : 2;
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
        }
    }
}

void xtrestore(state& s, numbers n)
{
    for (std::size_t i = 0; i < n.size(); ++i) {
        auto const* const entry = find_mode(mode_space::dec, n[i]);
        if (entry && s.saved_mask[static_cast<std::size_t>(entry->what)])
            change(s, *entry, s.saved_modes[static_cast<std::size_t>(entry->what)]);
    }
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
