#include <tendril/term/detail/controls.hpp>

namespace tendril::term::detail {

void ris(state& s)
{
    state fresh({static_cast<std::uint16_t>(s.columns), static_cast<std::uint16_t>(s.rows)}, s.limits);
    fresh.generation = s.generation;
    for (std::size_t which = 0; which < fresh.screens.size(); ++which) {
        fresh.screens[which].lines = std::move(s.screens[which].lines);
        fresh.screens[which].lines.clear();
    }
    fresh.past = std::move(s.past);  // as xterm: only ED 3 clears what scrolled off
    fresh.clusters = std::move(s.clusters);
    fresh.decorations = std::move(s.decorations);
    fresh.links = std::move(s.links);
    fresh.replies = std::move(s.replies);
    fresh.events = std::move(s.events);
    fresh.event_bytes = s.event_bytes;
    fresh.host = s.host;
    fresh.clipboard = std::move(s.clipboard);
    fresh.parser = std::move(s.parser);
    auto const was_wide = s.is(mode::columns_132) && s.host.resizes;
    fresh.set_mode(mode::allow_columns_132, s.is(mode::allow_columns_132));  // xterm: a right of the window
    s = std::move(fresh);
    if (was_wide)  // a reset ends DECCOLM, and so its width
        resize_on_request(s, 80, s.rows);
    notify(s, {.what = event::kind::reset, .text = {}, .detail = {}});
}

void decstr(state& s)
{
    // The list of the VT510 manual, with autowrap left on as xterm and everyone after it does.
    for (auto const off :
         {mode::insert, mode::origin, mode::cursor_keys, mode::application_keypad, mode::keyboard_locked,
          mode::reverse_wrap, mode::extended_reverse_wrap, mode::left_right_margins, mode::national_charsets})
        s.set_mode(off, false);
    s.set_mode(mode::cursor_visible, true);
    decscusr(s, {});  // xterm; a program that died may have left another shape
    s.set_mode(mode::autowrap, true);
    s.reset_region();
    s.at.pen = {};
    s.at.charsets = {};
    s.at.pending_wrap = false;
    s.current().saved = {};
    s.current().keyboard_flags.clear();
    s.key_modifier_options = 0;
    s.chosen.key_options = {};
    s.chosen.key_formats = {};
    s.chosen.guard = protection::off;
    s.chosen.status_line_selected = false;
}

void decscl(state& s, numbers n)
{
    auto const level = n[0] - 60;
    if (level < 1 || level > 5)
        return;
    ris(s);
    s.chosen.conformance_level = level;
    s.chosen.level_was_chosen = true;
    s.chosen.eight_bit_replies =
        level > 1 && n.size() > 1 && n[1] != 1;  // xterm: 0 and 2; left out is 7-bit here
}

void s7c1t(state& s)
{
    s.chosen.eight_bit_replies = false;
}

void s8c1t(state& s)
{
    if (s.chosen.conformance_level > 1)  // a VT100 has none
        s.chosen.eight_bit_replies = true;
}

void decssdt(state& s, numbers n)
{
    if (n[0] > 2)
        return;
    s.chosen.status_line = static_cast<std::uint8_t>(n[0]);
    s.chosen.status_line_selected = s.chosen.status_line_selected && n[0] == 2;
}

void decsasd(state& s, numbers n)
{
    s.chosen.status_line_selected = n[0] == 1 && s.chosen.status_line == 2;
}

}  // namespace tendril::term::detail
