#include <tendril/term/client_settings.hpp>
#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/rebuild_settings.hpp>
#include <tendril/term/detail/strings.hpp>

#include <string_view>

namespace tendril::term::detail {

namespace {

void append_csi(std::string& to, std::string_view prefix, unsigned number, std::string_view final)
{
    to += "\x1b[";
    to += prefix;
    append_number(to, number);
    to += final;
}

void append_csi(std::string& to, std::string_view prefix, unsigned first, unsigned second,
                std::string_view final)
{
    append_csi(to, prefix, first, ";");
    append_number(to, second);
    to += final;
}

void append_title(std::string& to, char number, std::string_view text)
{
    to += "\x1b]";
    to += number;
    to += ';';
    to += text;
    to += "\x1b\\";
}

void append_title_stack(std::string& to, state const& s)
{
    for (auto const& [title, icon] : s.title_stack) {
        if (icon)
            append_title(to, '1', *icon);
        if (title)
            append_title(to, '2', *title);
        append_csi(to, "22;", title && icon ? 0 : icon ? 1 : 2, "t");
    }
    if (!s.title_stack.empty() && s.icon.empty())
        append_title(to, '1', "");
    if (!s.title_stack.empty() && s.title.empty())
        append_title(to, '2', "");
}

/// The settings of a terminal that has nothing but this palette.
client_settings with_palette(std::map<int, rgb> palette)
{
    client_settings made;
    made.palette = std::move(palette);
    return made;
}

void append_palettes(std::string& to, state const& s)
{
    client_settings has;
    for (auto const& each : s.palette_stack) {
        auto wanted = with_palette(each);
        append_settings_change(to, has, wanted);
        to += "\x1b[#P";
        has = std::move(wanted);
    }
    append_settings_change(to, has, with_palette(s.palette));
}

/// Setting it would do more than set it.
bool acts_when_set(mode what) noexcept
{
    switch (what) {
    case mode::ansi:
    case mode::columns_132:
    case mode::alternate_47:
    case mode::alternate_1047:
    case mode::saved_cursor_1048:
    case mode::alternate_1049:
        return true;
    default:
        return false;
    }
}

void append_mode(std::string& to, mode_entry const& entry, bool on)
{
    append_csi(to, entry.space == mode_space::dec ? "?" : "", entry.number, on ? "h" : "l");
}

/// One by one, since setting a mode may reset another; afterwards each is as a reset leaves it.
void append_saved_modes(std::string& to, state const& s)
{
    for (auto const& entry : mode_table()) {
        auto const saved = is_set(s.saved_modes, entry.what);
        auto const changes = saved != entry.initially;
        if (!is_set(s.saved_mask, entry.what) || (changes && acts_when_set(entry.what)))
            continue;
        if (changes)
            append_mode(to, entry, saved);
        append_csi(to, "?", entry.number, "s");
        if (changes)
            append_mode(to, entry, entry.initially);
    }
}

void append_title_modes(std::string& to, unsigned modes)
{
    auto const initially = settings().title_modes;
    for (unsigned bit = 0; bit < 4; ++bit)
        if (auto const is = modes >> bit & 1u; is != (initially >> bit & 1u))
            append_csi(to, ">", bit, is != 0 ? "t" : "T");
}

void append_choices(std::string& to, settings const& chosen)
{
    settings const fresh;
    if (chosen.rectangles_only)
        to += "\x1b[2*x";
    if (chosen.checksum_bits != fresh.checksum_bits)
        append_csi(to, "", chosen.checksum_bits, "#y");
    append_title_modes(to, chosen.title_modes);
    for (unsigned i = 0; i < chosen.key_options.size(); ++i)
        if (chosen.key_options[i] != 0)
            append_csi(to, ">", i, chosen.key_options[i], "m");
    for (unsigned i = 0; i < chosen.key_formats.size(); ++i)
        if (chosen.key_formats[i] != 0)
            append_csi(to, ">", i, chosen.key_formats[i], "f");
    if (chosen.shift_escape != fresh.shift_escape)
        append_csi(to, ">", chosen.shift_escape, "s");
    if (chosen.status_line != 0)
        append_csi(to, "", chosen.status_line, "$~");
    if (chosen.eight_bit_replies)
        to += "\x1b G";
}

void append_tabs(std::string& to, state const& s)
{
    tab_stops const usual(s.columns);
    auto differs = false;
    for (int column = 0; column < s.columns; ++column)
        differs = differs || s.tabs.at(column) != usual.at(column);
    if (!differs)
        return;
    to += "\x1b[3g";
    for (int column = 0; column < s.columns; ++column) {
        if (!s.tabs.at(column))
            continue;
        append_csi(to, "", static_cast<unsigned>(column + 1), "G");
        to += "\x1bH";
    }
}

void append_user_keys(std::string& to, state const& s)
{
    if (s.user_keys.empty() && !s.chosen.keys_locked)
        return;
    to += s.chosen.keys_locked ? "\x1bP0;0|" : "\x1bP0;1|";
    for (auto const& [number, bytes] : s.user_keys)
        to += std::to_string(number) + "/" + to_hex(bytes) + ";";
    if (!s.user_keys.empty())
        to.pop_back();
    to += "\x1b\\";
}

}  // namespace

void append_stored_settings(std::string& to, state const& s)
{
    if (s.chosen.level_was_chosen)
        append_csi(to, "", static_cast<unsigned>(60 + s.chosen.conformance_level), ";1\"p");
    append_tabs(to, s);
    append_saved_modes(to, s);
    append_title_stack(to, s);
}

void write_stored_renditions(screen_writer& to, state const& s)
{
    constexpr unsigned no_part = 99;
    for (auto const& each : s.rendition_stack) {
        to.use({.style = each.held.style, .shown = {}, .decoration = each.held.decoration});
        std::string bytes;
        for (unsigned part = 1; part < 32 && ~each.parts != 0; ++part)
            if ((each.parts >> part & 1u) != 0) {
                bytes += bytes.empty() ? "\x1b[" : ";";
                append_number(bytes, part);
            }
        if (bytes.empty() && each.parts == 0)
            append_csi(bytes, "", no_part, "");
        to.raw(bytes.empty() ? "\x1b[" : bytes);
        to.raw("#{");
    }
}

void append_present_settings(std::string& to, terminal const& of)
{
    auto const& s = of.inner();
    append_palettes(to, s);
    auto wanted = settings_of(of);
    wanted.modes = client_settings().modes;
    wanted.keyboard_flags = 0;
    wanted.palette = {};
    append_settings_change(to, {}, wanted);
    append_choices(to, s.chosen);
    append_user_keys(to, s);
}

void append_present_modes(std::string& to, state const& s)
{
    for (auto const& entry : mode_table()) {
        auto const moves_or_prints = acts_when_set(entry.what) || entry.what == mode::insert ||
                                     entry.what == mode::origin || entry.what == mode::cursor_blink ||
                                     entry.what == mode::left_right_margins;
        if (moves_or_prints || entry.access != mode_access::settable || s.is(entry.what) == entry.initially)
            continue;
        if (entry.what == mode::application_keypad)
            to += "\x1b=";
        else
            append_mode(to, entry, s.is(entry.what));
    }
}

}  // namespace tendril::term::detail
