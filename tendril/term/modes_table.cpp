#include <tendril/term/mode.hpp>

#include <algorithm>
#include <array>

namespace tendril::term {

namespace {

constexpr auto ansi = mode_space::ansi;
constexpr auto dec = mode_space::dec;
constexpr auto settable = mode_access::settable;
constexpr auto tracking = mode_group::mouse_tracking;
constexpr auto format = mode_group::mouse_format;
constexpr auto keys = mode_group::function_keys;

constexpr std::array<mode_entry, static_cast<std::size_t>(mode::count)> table{{
    {mode::keyboard_locked, ansi, 2, false},
    {mode::insert, ansi, 4, false},
    {mode::send_receive, ansi, 12, true},
    {mode::newline, ansi, 20, false},
    {mode::cursor_keys, dec, 1, false},
    {mode::ansi, dec, 2, true},
    {mode::columns_132, dec, 3, false},
    {mode::smooth_scroll, dec, 4, false},
    {mode::reverse_screen, dec, 5, false},
    {mode::origin, dec, 6, false},
    {mode::autowrap, dec, 7, true},
    {mode::autorepeat, dec, 8, false, mode_access::always_reset},
    {mode::mouse_press, dec, 9, false, settable, tracking},
    {mode::cursor_blink, dec, 12, true},
    {mode::print_form_feed, dec, 18, false},
    {mode::print_extent, dec, 19, true},
    {mode::cursor_visible, dec, 25, true},
    {mode::scrollbar, dec, 30, false},
    {mode::font_shifting, dec, 35, true},
    {mode::allow_columns_132, dec, 40, false},
    {mode::more_fix, dec, 41, false},
    {mode::national_charsets, dec, 42, false},
    {mode::margin_bell, dec, 44, false},
    {mode::reverse_wrap, dec, 45, false},
    {mode::alternate_47, dec, 47, false},
    {mode::application_keypad, dec, 66, false},
    {mode::backarrow, dec, 67, false},
    {mode::left_right_margins, dec, 69, false},
    {mode::sixel_display, dec, 80, false},
    {mode::keep_on_132, dec, 95, false},
    {mode::mouse_click, dec, 1000, false, settable, tracking},
    {mode::mouse_highlight, dec, 1001, false, settable, tracking},
    {mode::mouse_drag, dec, 1002, false, settable, tracking},
    {mode::mouse_motion, dec, 1003, false, settable, tracking},
    {mode::focus_reports, dec, 1004, false},
    {mode::mouse_utf8, dec, 1005, false, settable, format},
    {mode::mouse_sgr, dec, 1006, false, settable, format},
    {mode::alternate_scroll, dec, 1007, false},
    {mode::scroll_on_output, dec, 1010, false},
    {mode::scroll_on_key, dec, 1011, false},
    {mode::mouse_urxvt, dec, 1015, false, settable, format},
    {mode::mouse_sgr_pixels, dec, 1016, false, settable, format},
    {mode::meta_sets_high_bit, dec, 1034, false},
    {mode::num_lock_modifiers, dec, 1035, true},
    {mode::meta_sends_escape, dec, 1036, true},
    {mode::delete_sends_del, dec, 1037, false},
    {mode::alt_sends_escape, dec, 1039, true},
    {mode::keep_selection, dec, 1040, true},
    {mode::use_clipboard, dec, 1041, false},
    {mode::urgency_on_bell, dec, 1042, false},
    {mode::raise_on_bell, dec, 1043, false},
    {mode::keep_clipboard, dec, 1044, false},
    {mode::extended_reverse_wrap, dec, 1045, false},
    {mode::alternate_allowed, dec, 1046, true},
    {mode::alternate_1047, dec, 1047, false},
    {mode::saved_cursor_1048, dec, 1048, false},
    {mode::alternate_1049, dec, 1049, false},
    {mode::terminfo_keys, dec, 1050, false, settable, keys},
    {mode::sun_keys, dec, 1051, false, settable, keys},
    {mode::hp_keys, dec, 1052, false, settable, keys},
    {mode::sco_keys, dec, 1053, false, settable, keys},
    {mode::legacy_keys, dec, 1060, false, settable, keys},
    {mode::vt220_keys, dec, 1061, false, settable, keys},
    {mode::private_sixel_colors, dec, 1070, true},
    {mode::bracketed_paste, dec, 2004, false},
    {mode::synchronized_output, dec, 2026, false},
    {mode::grapheme_clusters, dec, 2027, true, mode_access::always_set},
    {mode::color_scheme_reports, dec, 2031, false},
    {mode::resize_reports, dec, 2048, false},
    {mode::sixel_cursor_right, dec, 8452, false},
}};

}  // namespace

std::span<mode_entry const> mode_table() noexcept
{
    return table;
}

mode_entry const* find_mode(mode_space space, int number) noexcept
{
    auto const* const found = std::find_if(table.begin(), table.end(), [&](mode_entry const& each) {
        return each.space == space && each.number == number;
    });
    return found == table.end() ? nullptr : found;
}

bool belongs_to_window(mode what) noexcept
{
    constexpr std::array those{mode::print_form_feed,
                               mode::print_extent,
                               mode::scrollbar,
                               mode::font_shifting,
                               mode::national_charsets,
                               mode::margin_bell,
                               mode::scroll_on_output,
                               mode::scroll_on_key,
                               mode::meta_sets_high_bit,
                               mode::num_lock_modifiers,
                               mode::meta_sends_escape,
                               mode::delete_sends_del,
                               mode::alt_sends_escape,
                               mode::keep_selection,
                               mode::use_clipboard,
                               mode::urgency_on_bell,
                               mode::raise_on_bell,
                               mode::keep_clipboard,
                               mode::terminfo_keys,
                               mode::sun_keys,
                               mode::hp_keys,
                               mode::sco_keys,
                               mode::legacy_keys,
                               mode::vt220_keys,
                               mode::private_sixel_colors};
    return std::ranges::find(those, what) != those.end();
}

mode_set initial_modes() noexcept
{
    mode_set modes;
    for (auto const& each : table)
        modes[static_cast<std::size_t>(each.what)] = each.initially;
    return modes;
}

}  // namespace tendril::term
