#include <tendril/term/client_settings.hpp>
#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/state.hpp>
#include <tendril/term/palette.hpp>

#include <array>
#include <string_view>

namespace tendril::term {

namespace {

// Not among them: what only the program's own output feels (margins, wrapping, insertion), what would lock
// the keyboard of the one who watches, reports of a size that is not the client's to tell, and what belongs
// to the client's window (belongs_to_window()).
constexpr std::array mirrored{
    mode::cursor_keys,          mode::reverse_screen,   mode::application_keypad, mode::backarrow,
    mode::mouse_press,          mode::mouse_click,      mode::mouse_drag,         mode::mouse_motion,
    mode::focus_reports,        mode::mouse_utf8,       mode::mouse_sgr,          mode::alternate_scroll,
    mode::mouse_urxvt,          mode::mouse_sgr_pixels, mode::bracketed_paste,    mode::cursor_visible,
    mode::color_scheme_reports,
};

mode_set mask_of_mirrored() noexcept
{
    mode_set mask;
    for (auto const each : mirrored)
        mask[static_cast<std::size_t>(each)] = true;
    return mask;
}

/// One control sequence for all modes of @p changed that are @p set in @p wanted.
void append_modes(std::string& to, mode_set const& changed, mode_set const& wanted, bool set)
{
    auto first = true;
    for (auto const& entry : mode_table()) {
        auto const index = static_cast<std::size_t>(entry.what);
        if (entry.what == mode::application_keypad || !changed[index] || wanted[index] != set)
            continue;
        to += first ? "\x1b[?" : ";";
        first = false;
        detail::append_number(to, entry.number);
    }
    if (!first)
        to += set ? 'h' : 'l';
    if (changed[static_cast<std::size_t>(mode::application_keypad)] &&
        is_set(wanted, mode::application_keypad) == set)
        to += set ? "\x1b=" : "\x1b>";
}

void append_mode_changes(std::string& to, mode_set const& changed, mode_set const& wanted)
{
    if (changed.none())
        return;
    append_modes(to, changed, wanted, false);  // first: resetting one mouse mode ends all in some terminals
    append_modes(to, changed, wanted, true);
}

void append_cursor_style(std::string& to, client_settings const& wanted)
{
    to += "\x1b[";
    detail::append_number(to, 2 * static_cast<unsigned>(wanted.shape) + (wanted.blink ? 1 : 2));
    to += " q";
}

void append_title(std::string& to, char const* number, std::string_view text)
{
    to += "\x1b]";
    to += number;
    to += ';';
    to += text;
    to += "\x1b\\";
}

void append_titles(std::string& to, client_settings const& from, client_settings const& wanted)
{
    auto const title = from.title != wanted.title;
    auto const icon = from.icon != wanted.icon;
    if (title && icon && wanted.title == wanted.icon) {
        append_title(to, "0", wanted.title);
        return;
    }
    if (icon)
        append_title(to, "1", wanted.icon);
    if (title)
        append_title(to, "2", wanted.title);
}

/// Begins the control string that sets a colour, or with 100 @p added resets it: 4
/// for the palette, 10 and following for the dynamic colours, 5 for the special ones.
void append_color_name(std::string& to, int entry, unsigned added)
{
    auto const number = static_cast<unsigned>(entry);
    to += "\x1b]";
    if (entry < dynamic_foreground) {
        detail::append_number(to, 4 + added);
        to += ';';
        detail::append_number(to, number);
    } else if (entry < first_special_color) {
        detail::append_number(to, number - dynamic_foreground + 10 + added);
    } else {
        detail::append_number(to, 5 + added);
        to += ';';
        detail::append_number(to, number - first_special_color);
    }
}

void append_color(std::string& to, int entry, rgb value)
{
    append_color_name(to, entry, 0);
    to += ";rgb:";
    constexpr std::string_view digits = "0123456789abcdef";
    for (auto const each : {value.red, value.green, value.blue}) {
        to += digits[each >> 4];
        to += digits[each & 15];
        to += '/';
    }
    to.pop_back();
    to += "\x1b\\";
}

void append_color_reset(std::string& to, int entry)
{
    append_color_name(to, entry, 100);
    to += "\x1b\\";
}

void append_palette(std::string& to, client_settings const& from, client_settings const& wanted)
{
    for (auto const& [entry, value] : from.palette)
        if (!wanted.palette.contains(entry))
            append_color_reset(to, entry);
    for (auto const& [entry, value] : wanted.palette)
        if (auto const known = from.palette.find(entry);
            known == from.palette.end() || !(known->second == value))
            append_color(to, entry, value);
}

}  // namespace

client_settings settings_of(terminal const& of)
{
    auto const at = of.cursor();
    return {.modes = of.modes() & mask_of_mirrored(),
            .shape = at.shape,
            .blink = at.blink,
            .keyboard_flags = of.keyboard_flags(),
            .key_modifier_options = of.key_modifier_options(),
            .title = of.title(),
            .icon = of.icon(),
            .palette = of.inner().palette};
}

void append_settings_change(std::string& to, client_settings const& from, client_settings const& wanted)
{
    append_titles(to, from, wanted);
    if (from.palette != wanted.palette)
        append_palette(to, from, wanted);
    append_mode_changes(to, from.modes ^ wanted.modes, wanted.modes);
    if (from.shape != wanted.shape || from.blink != wanted.blink)
        append_cursor_style(to, wanted);
    if (from.keyboard_flags != wanted.keyboard_flags) {
        to += "\x1b[=";
        detail::append_number(to, static_cast<unsigned>(wanted.keyboard_flags));
        to += "u";
    }
    if (from.key_modifier_options != wanted.key_modifier_options) {
        to += "\x1b[>4;";
        detail::append_number(to, static_cast<unsigned>(wanted.key_modifier_options));
        to += "m";
    }
}

std::string modes_from_unknown(client_settings const& wanted)
{
    std::string bytes;
    append_mode_changes(bytes, mask_of_mirrored(), wanted.modes);
    append_cursor_style(bytes, wanted);
    return bytes;
}

}  // namespace tendril::term
