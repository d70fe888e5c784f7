#include <tendril/term/detail/key_codes.hpp>

#include <array>

namespace tendril::term::detail {

namespace {

int distance(key from, key to) noexcept
{
    return static_cast<int>(to) - static_cast<int>(from);
}

bool is_between(key name, key first, key last) noexcept
{
    return name >= first && name <= last;
}

}  // namespace

std::optional<key_code> xterm_code(key name) noexcept
{
    // F1 to F20: the numbers of a VT220, whose keyboard has gaps.
    constexpr std::array<int, 20> functions{11, 12, 13, 14, 15, 17, 18, 19, 20, 21,
                                            23, 24, 25, 26, 28, 29, 31, 32, 33, 34};
    if (is_between(name, key::f1, function_key(4)))
        return key_code{1, static_cast<char>('P' + distance(key::f1, name))};
    if (is_between(name, key::f1, key::f20))
        return key_code{functions[static_cast<std::size_t>(distance(key::f1, name))], '~'};
    switch (main_key(name)) {
    case key::up:
        return key_code{1, 'A'};
    case key::down:
        return key_code{1, 'B'};
    case key::right:
        return key_code{1, 'C'};
    case key::left:
        return key_code{1, 'D'};
    case key::begin:
        return key_code{1, 'E'};
    case key::end:
        return key_code{1, 'F'};
    case key::home:
        return key_code{1, 'H'};
    case key::insert:
        return key_code{2, '~'};
    case key::erase:
        return key_code{3, '~'};
    case key::page_up:
        return key_code{5, '~'};
    case key::page_down:
        return key_code{6, '~'};
    default:
        return std::nullopt;
    }
}

key_code kitty_code(key name) noexcept
{
    switch (name) {
    case key::escape:
        return {27, 'u'};
    case key::enter:
        return {13, 'u'};
    case key::tab:
        return {9, 'u'};
    case key::backspace:
        return {127, 'u'};
    default:
        break;
    }
    if (name == function_key(3))
        return {13, '~'};  // CSI R would be a cursor position report
    if (is_between(name, key::caps_lock, key::menu))
        return {57358 + distance(key::caps_lock, name), 'u'};
    if (is_between(name, function_key(13), key::f35))
        return {57376 + distance(function_key(13), name), 'u'};
    if (is_between(name, key::keypad_0, key::keypad_erase))
        return {57399 + distance(key::keypad_0, name), 'u'};
    if (is_between(name, key::left_shift, key::right_meta))
        return {57441 + distance(key::left_shift, name), 'u'};
    return xterm_code(name).value_or(key_code{0, 'u'});
}

std::optional<keypad_code> keypad_code_of(key name) noexcept
{
    if (is_between(name, key::keypad_0, key::keypad_9)) {
        auto const digit = distance(key::keypad_0, name);
        return keypad_code{static_cast<char>('0' + digit), static_cast<char>('p' + digit)};
    }
    switch (name) {
    case key::keypad_decimal:
        return keypad_code{'.', 'n'};
    case key::keypad_divide:
        return keypad_code{'/', 'o'};
    case key::keypad_multiply:
        return keypad_code{'*', 'j'};
    case key::keypad_subtract:
        return keypad_code{'-', 'm'};
    case key::keypad_add:
        return keypad_code{'+', 'k'};
    case key::keypad_enter:
        return keypad_code{'\r', 'M'};
    case key::keypad_equal:
        return keypad_code{'=', 'X'};
    case key::keypad_separator:
        return keypad_code{',', 'l'};
    default:
        return std::nullopt;
    }
}

key main_key(key name) noexcept
{
    switch (name) {
    case key::keypad_left:
        return key::left;
    case key::keypad_right:
        return key::right;
    case key::keypad_up:
        return key::up;
    case key::keypad_down:
        return key::down;
    case key::keypad_page_up:
        return key::page_up;
    case key::keypad_page_down:
        return key::page_down;
    case key::keypad_home:
        return key::home;
    case key::keypad_end:
        return key::end;
    case key::keypad_insert:
        return key::insert;
    case key::keypad_erase:
        return key::erase;
    default:
        return name;
    }
}

std::u32string text_of(key_event const& event)
{
    if (!event.text.empty())
        return event.text;
    if (auto const pad = keypad_code_of(event.name))
        return pad->text == '\r' ? std::u32string() : std::u32string(1, static_cast<char32_t>(pad->text));
    if (event.name != key::character || event.character == 0)
        return {};
    if ((event.modifiers & modifier::shift) == 0)
        return std::u32string(1, event.character);
    auto shifted = event.shifted;
    if (shifted == 0)
        shifted = event.character >= U'a' && event.character <= U'z' ? event.character - U'a' + U'A'
                                                                     : event.character;
    return std::u32string(1, shifted);
}

}  // namespace tendril::term::detail
