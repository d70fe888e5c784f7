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
    fresh.parser = std::move(s.parser);
    s = std::move(fresh);
    notify(s, {.what = event::kind::reset, .text = {}, .detail = {}});
}

void decstr(state& s)
{
    // The list of the VT510 manual, with autowrap left on as xterm and everyone after it does.
    for (auto const off : {mode::insert, mode::origin, mode::cursor_keys, mode::application_keypad,
                           mode::keyboard_locked, mode::reverse_wrap, mode::left_right_margins})
        s.set_mode(off, false);
    s.set_mode(mode::cursor_visible, true);
    s.set_mode(mode::autowrap, true);
    s.reset_region();
    s.at.pen = {};
    s.at.charsets = {};
    s.at.pending_wrap = false;
    s.current().saved = {};
    s.current().keyboard_flags.clear();
    s.key_modifier_options = 0;
}

}  // namespace tendril::term::detail
