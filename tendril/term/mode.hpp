#pragma once

/// @file
/// The modes a program can set, reset and ask for, in one table.
/// Layer: term. Spec: ECMA-48 section 7; xterm ctlseqs, DECSET; DEC STD 070.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tendril::term {

/// Every mode by its name in the standards.
enum class mode : std::uint8_t {
    keyboard_locked,        ///< KAM
    insert,                 ///< IRM
    send_receive,           ///< SRM
    newline,                ///< LNM
    cursor_keys,            ///< DECCKM
    ansi,                   ///< DECANM: reset is VT52
    columns_132,            ///< DECCOLM: recorded, the size stays
    smooth_scroll,          ///< DECSCLM
    reverse_screen,         ///< DECSCNM
    origin,                 ///< DECOM
    autowrap,               ///< DECAWM
    autorepeat,             ///< DECARM
    mouse_press,            ///< X10 mouse
    cursor_blink,           ///< att610
    print_form_feed,        ///< DECPFF
    print_extent,           ///< DECPEX
    cursor_visible,         ///< DECTCEM
    scrollbar,              ///< rxvt 30
    font_shifting,          ///< rxvt 35
    allow_columns_132,      ///< xterm 40
    more_fix,               ///< xterm 41: a tab at a pending wrap goes to the next line first
    national_charsets,      ///< DECNRCM: recorded, the sets can always be designated
    margin_bell,            ///< xterm 44
    reverse_wrap,           ///< xterm 45
    alternate_47,           ///< xterm 47
    application_keypad,     ///< DECNKM
    backarrow,              ///< DECBKM
    left_right_margins,     ///< DECLRMM
    sixel_display,          ///< DECSDM
    keep_on_132,            ///< DECNCSM
    mouse_click,            ///< xterm 1000
    mouse_highlight,        ///< xterm 1001: reports nothing, since the program would have to answer
    mouse_drag,             ///< xterm 1002
    mouse_motion,           ///< xterm 1003
    focus_reports,          ///< xterm 1004
    mouse_utf8,             ///< xterm 1005
    mouse_sgr,              ///< xterm 1006
    alternate_scroll,       ///< xterm 1007
    scroll_on_output,       ///< rxvt 1010
    scroll_on_key,          ///< rxvt 1011
    mouse_urxvt,            ///< 1015
    mouse_sgr_pixels,       ///< xterm 1016
    meta_sets_high_bit,     ///< xterm 1034
    num_lock_modifiers,     ///< xterm 1035
    meta_sends_escape,      ///< xterm 1036
    delete_sends_del,       ///< xterm 1037
    alt_sends_escape,       ///< xterm 1039
    keep_selection,         ///< xterm 1040
    use_clipboard,          ///< xterm 1041
    urgency_on_bell,        ///< xterm 1042
    raise_on_bell,          ///< xterm 1043
    keep_clipboard,         ///< xterm 1044
    extended_reverse_wrap,  ///< xterm 1045
    alternate_allowed,      ///< xterm 1046: reset, the other modes of the alternate screen do nothing
    alternate_1047,         ///< xterm 1047
    saved_cursor_1048,      ///< xterm 1048
    alternate_1049,         ///< xterm 1049
    terminfo_keys,          ///< xterm 1050
    sun_keys,               ///< xterm 1051
    hp_keys,                ///< xterm 1052
    sco_keys,               ///< xterm 1053
    legacy_keys,            ///< xterm 1060
    vt220_keys,             ///< xterm 1061
    private_sixel_colors,   ///< xterm 1070
    bracketed_paste,        ///< xterm 2004
    synchronized_output,    ///< contour's 2026
    grapheme_clusters,      ///< contour's 2027: always on
    color_scheme_reports,   ///< contour's 2031
    resize_reports,         ///< 2048
    sixel_cursor_right,     ///< xterm 8452
    count
};

using mode_set = std::bitset<static_cast<std::size_t>(mode::count)>;

/// Which of the two number spaces a mode lives in.
enum class mode_space : std::uint8_t { ansi, dec };

/// What a program may do with a mode.
enum class mode_access : std::uint8_t { settable, always_set, always_reset };

/// At most one mode of a group other than `none` is set: setting one resets the others.
enum class mode_group : std::uint8_t { none, mouse_tracking, mouse_format, function_keys };

/// One line of the table.
struct mode_entry {
    mode what;
    mode_space space;
    std::uint16_t number;
    bool initially;
    mode_access access = mode_access::settable;
    mode_group group = mode_group::none;
};

/// All modes, by space and number.
[[nodiscard]] std::span<mode_entry const> mode_table() noexcept;

/// The mode with @p number, or null.
[[nodiscard]] mode_entry const* find_mode(mode_space space, int number) noexcept;

/// Whether a mode is about the window, keyboard or printer of whoever shows the terminal and not about what
/// is shown: it is nothing to repaint. DECNRCM is among them, since it makes xterm leave UTF-8.
[[nodiscard]] bool belongs_to_window(mode what) noexcept;

/// What is set after a reset.
[[nodiscard]] mode_set initial_modes() noexcept;

[[nodiscard]] inline bool is_set(mode_set const& modes, mode what) noexcept
{
    return modes[static_cast<std::size_t>(what)];
}

}  // namespace tendril::term
