#include <tendril/term/detail/state.hpp>
#include <tendril/term/leave.hpp>

#include <array>

namespace tendril::term {

namespace {

/// Modes that outlive a program badly, in the order in which they are undone.
constexpr std::array undone{mode::synchronized_output,
                            mode::national_charsets,
                            mode::backarrow,
                            mode::mouse_highlight,
                            mode::keyboard_locked,
                            mode::insert,
                            mode::newline,
                            mode::cursor_keys,
                            mode::reverse_screen,
                            mode::origin,
                            mode::autowrap,
                            mode::left_right_margins,
                            mode::mouse_press,
                            mode::mouse_click,
                            mode::mouse_drag,
                            mode::mouse_motion,
                            mode::mouse_utf8,
                            mode::mouse_sgr,
                            mode::mouse_urxvt,
                            mode::mouse_sgr_pixels,
                            mode::focus_reports,
                            mode::bracketed_paste,
                            mode::color_scheme_reports,
                            mode::resize_reports,
                            mode::cursor_visible};

std::string set_or_reset(mode_entry const& entry)
{
    return std::string("\x1b[") + (entry.space == mode_space::dec ? "?" : "") + std::to_string(entry.number) +
           (entry.initially ? "h" : "l");
}

/// What is in force once the alternate screen is left: leaving 1049 brings back the saved position.
detail::position position_after(detail::state const& inner)
{
    if (inner.is(mode::alternate_1049))
        return inner.screens[static_cast<std::size_t>(detail::side::primary)].saved;
    auto now = inner.at;
    now.origin = inner.is(mode::origin);
    return now;
}

std::string undo_modes(detail::state const& inner, detail::position const& left)
{
    auto modes = inner.modes;
    modes[static_cast<std::size_t>(mode::origin)] = left.origin;
    std::string bytes;
    for (auto const each : undone)
        for (auto const& entry : mode_table())
            if (entry.what == each && is_set(modes, each) != entry.initially)
                bytes += set_or_reset(entry);
    return bytes;
}

std::string undo_screen(terminal const& seen)
{
    for (auto const each : {mode::alternate_1049, mode::alternate_1047, mode::alternate_47})
        for (auto const& entry : mode_table())
            if (entry.what == each && seen.is(each))
                return set_or_reset(entry);
    return {};
}

bool region_is_narrowed(detail::state const& inner) noexcept
{
    return inner.region.top != 0 || inner.region.bottom != inner.rows - 1;
}

bool pen_is_plain(detail::pen const& held) noexcept
{
    return held.style == rendition() && held.underline_color.is_default();
}

/// Kitty keeps a stack of flags for each screen.
std::string undo_keyboard(detail::screen const& own)
{
    if (own.keyboard_flags.empty())
        return {};
    return "\x1b[<" + std::to_string(own.keyboard_flags.size()) + "u";
}

std::string undo_charsets(detail::charset_state const& used)
{
    std::string bytes;
    for (std::size_t i = 0; i < used.sets.size(); ++i)
        if (used.sets[i] != detail::charset::ascii)
            bytes += std::string("\x1b") + "()*+"[i] + "B";
    if (used.left != 0)
        bytes += '\x0f';
    if (used.right != detail::charset_state().right)
        bytes += "\x1b}";
    return bytes;
}

/// What would keep the rest from being understood: VT52 mode, and output that goes to the status line.
std::string undo_deafness(detail::state const& inner)
{
    std::string bytes;
    if (!inner.is(mode::ansi))
        bytes += "\x1b<";
    if (inner.chosen.status_line_selected)
        bytes += "\x1b[0$}";
    return bytes;
}

/// Answers with single bytes, titles in hexadecimal, keys in forms that no shell knows.
std::string undo_forms(detail::state const& inner)
{
    auto const& chosen = inner.chosen;
    std::string bytes;
    if (chosen.eight_bit_replies)
        bytes += "\x1b F";
    if ((chosen.title_modes & (detail::title_mode::set_hex | detail::title_mode::query_hex)) != 0)
        bytes += "\x1b[>0;1T";
    if (inner.key_modifier_options != 0 || chosen.key_options != detail::settings().key_options)
        bytes += "\x1b[>m";
    if (chosen.key_formats != detail::settings().key_formats)
        bytes += "\x1b[>f";
    if (chosen.shift_escape != 0)
        bytes += "\x1b[>0s";
    return bytes;
}

}  // namespace

std::string leave_sequence(terminal const& seen)
{
    auto const& inner = seen.inner();
    auto bytes = undo_deafness(inner) + undo_forms(inner);
    bytes += undo_keyboard(inner.current());
    if (!inner.is(mode::alternate_allowed))
        bytes += "\x1b[?1046h";
    bytes += undo_screen(seen);
    if (inner.shown == detail::side::alternate)
        bytes += undo_keyboard(inner.screens[static_cast<std::size_t>(detail::side::primary)]);
    if (region_is_narrowed(inner))
        bytes += "\x1b"
                 "7\x1b[r\x1b"
                 "8";  // DECSTBM would take the cursor home
    auto const at = position_after(inner);
    bytes += undo_modes(inner, at);
    if (inner.is(mode::application_keypad))
        bytes += "\x1b>";
    if (!pen_is_plain(at.pen))
        bytes += "\x1b[0m\x1b[0\"q";
    if (at.pen.link != 0)
        bytes += "\x1b]8;;\x1b\\";
    bytes += undo_charsets(at.charsets);
    if (inner.shape != cursor_shape::block || !inner.is(mode::cursor_blink))
        bytes += "\x1b[0 q";
    for (std::size_t i = 0; i < inner.title_stack.size(); ++i)
        bytes += "\x1b[23;0t";
    return bytes;
}

}  // namespace tendril::term
