#include <tendril/term/key.hpp>
#include <tendril/term/mouse.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <optional>

namespace tendril::term {

namespace {

constexpr int keys_per_wheel_turn = 3;
constexpr unsigned released = 3;  // the button of a release in every format but SGR's

bool is_wheel(mouse_button button) noexcept
{
    return button >= mouse_button::wheel_up && button <= mouse_button::wheel_right;
}

unsigned button_code(mouse_button button) noexcept
{
    auto const index = static_cast<unsigned>(button);
    if (button <= mouse_button::none)
        return index;
    if (is_wheel(button))
        return 64 + index - static_cast<unsigned>(mouse_button::wheel_up);
    return 128 + index - static_cast<unsigned>(mouse_button::back);
}

unsigned modifier_code(unsigned modifiers) noexcept
{
    return ((modifiers & modifier::shift) != 0 ? 4u : 0u) |
           ((modifiers & (modifier::alt | modifier::meta)) != 0 ? 8u : 0u) |
           ((modifiers & modifier::control) != 0 ? 16u : 0u);
}

/// Whether the program asked for events of this kind.
bool is_wanted(terminal const& to, mouse_event const& event) noexcept
{
    auto const moves = event.action == mouse_action::motion;
    if (event.action == mouse_action::release && is_wheel(event.button))
        return false;
    if (to.is(mode::mouse_press))
        return event.action == mouse_action::press && event.button <= mouse_button::right;
    if (to.is(mode::mouse_highlight))
        return event.action == mouse_action::press;
    if (to.is(mode::mouse_click))
        return !moves;
    if (to.is(mode::mouse_drag))
        return !moves || event.button != mouse_button::none;
    return to.is(mode::mouse_motion);
}

std::string wheel_as_keys(terminal const& to, mouse_button button)
{
    if (!to.is(mode::alternate_scroll) || !to.shows_alternate_screen())
        return {};
    if (button != mouse_button::wheel_up && button != mouse_button::wheel_down)
        return {};
    auto const once = key_bytes(to, {.name = button == mouse_button::wheel_up ? key::up : key::down});
    std::string bytes;
    for (int i = 0; i < keys_per_wheel_turn; ++i)
        bytes += once;
    return bytes;
}

/// One number of the oldest format, or of its extension by UTF-8; empty when it is too large.
std::optional<std::string> character_for(unsigned value, bool as_utf8)
{
    constexpr unsigned offset = 32;
    constexpr unsigned most_utf8 = 2047;  // two bytes of UTF-8
    auto const code = value + offset;
    std::string text;
    if (as_utf8 && code <= most_utf8)
        vt::append_utf8(text, static_cast<char32_t>(code));
    else if (!as_utf8 && code <= 0xFF)
        text = static_cast<char>(code);
    else
        return std::nullopt;
    return text;
}

std::string as_characters(unsigned code, int column, int row, bool as_utf8)
{
    auto const button = character_for(code, as_utf8);
    auto const x = character_for(static_cast<unsigned>(column) + 1, as_utf8);
    auto const y = character_for(static_cast<unsigned>(row) + 1, as_utf8);
    return button && x && y ? "\x1b[M" + *button + *x + *y : std::string();
}

std::string as_numbers(std::string const& head, unsigned code, int x, int y, char final)
{
    return "\x1b[" + head + std::to_string(code) + ";" + std::to_string(x + 1) + ";" + std::to_string(y + 1) +
           final;
}

}  // namespace

std::string mouse_bytes(terminal const& to, mouse_event const& event)
{
    auto const tracks = to.is(mode::mouse_press) || to.is(mode::mouse_highlight) ||
                        to.is(mode::mouse_click) || to.is(mode::mouse_drag) || to.is(mode::mouse_motion);
    if (!tracks)
        return event.action == mouse_action::press ? wheel_as_keys(to, event.button) : std::string();
    if (!is_wanted(to, event) || event.column < 0 || event.row < 0)
        return {};
    auto const releases = event.action == mouse_action::release;
    auto const moved = event.action == mouse_action::motion ? 32u : 0u;
    auto const modifiers = to.is(mode::mouse_press) ? 0u : modifier_code(event.modifiers);
    auto const exact = (button_code(event.button) | modifiers) + moved;
    if (to.is(mode::mouse_sgr))
        return as_numbers("<", exact, event.column, event.row, releases ? 'm' : 'M');
    if (to.is(mode::mouse_sgr_pixels))
        return as_numbers("<", exact, std::max(event.x, 0), std::max(event.y, 0), releases ? 'm' : 'M');
    auto const code = releases ? released | modifiers : exact;
    if (to.is(mode::mouse_urxvt))
        return as_numbers("", code + 32, event.column, event.row, 'M');
    return as_characters(code, event.column, event.row, to.is(mode::mouse_utf8));
}

}  // namespace tendril::term
