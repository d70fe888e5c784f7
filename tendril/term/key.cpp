#include <tendril/term/detail/key_codes.hpp>
#include <tendril/term/detail/state.hpp>
#include <tendril/vt/utf8.hpp>

namespace tendril::term {

namespace detail {

namespace {

constexpr int modify_other_keys = 4;  // the resource's number in XTMODKEYS and XTFMTKEYS

/// xterm's bits: Shift, Alt, Control, and Meta as the fourth.
unsigned xterm_modifiers(unsigned all) noexcept
{
    auto const low = all & (modifier::shift | modifier::alt | modifier::control);
    return low | ((all & (modifier::meta | modifier::super)) != 0 ? 8u : 0u);
}

/// The control character of a key, or -1: the table that X11 and the VT220 share.
int control_character(char32_t character) noexcept
{
    if (character >= U'a' && character <= U'z')
        return static_cast<int>(character - U'a' + 1);
    if (character >= U'@' && character <= U'_')
        return static_cast<int>(character - U'@');
    switch (character) {
    case U' ':
    case U'2':
    case U'`':
        return 0;
    case U'3':
    case U'{':
        return 27;
    case U'4':
    case U'|':
        return 28;
    case U'5':
    case U'}':
        return 29;
    case U'6':
    case U'~':
        return 30;
    case U'7':
    case U'/':
        return 31;
    case U'8':
    case U'?':
        return 127;
    default:
        return -1;
    }
}

/// Puts Alt in front of @p bytes, or into them.
std::string with_alt(terminal const& to, std::string bytes)
{
    if (to.is(mode::meta_sends_escape) || to.is(mode::alt_sends_escape))
        return "\x1b" + bytes;
    if (to.is(mode::meta_sets_high_bit) && bytes.size() == 1) {
        std::string high;
        vt::append_utf8(high, static_cast<char32_t>(static_cast<unsigned char>(bytes[0]) | 0x80u));
        return high;
    }
    return bytes;
}

/// The keys that send one byte where nothing modifies them.
std::optional<std::string> plain_bytes(terminal const& to, key_event const& event)
{
    auto const control = (event.modifiers & modifier::control) != 0;
    switch (event.name) {
    case key::escape:
        return "\x1b";
    case key::enter:
        return to.is(mode::newline) ? "\r\n" : "\r";
    case key::tab:
        return (event.modifiers & modifier::shift) != 0 ? "\x1b[Z" : "\t";
    case key::backspace:
        return to.is(mode::backarrow) != control ? "\b" : "\x7f";
    default:
        return std::nullopt;
    }
}

std::string function_bytes(terminal const& to, key_event const& event, key_code code)
{
    auto const modifiers = xterm_modifiers(event.modifiers);
    if (modifiers == modifier::shift && code.final == '~')
        if (auto const& defined = to.inner().user_keys; defined.contains(code.number))
            return defined.at(code.number);
    if (event.name == key::erase && modifiers == 0 && to.is(mode::delete_sends_del))
        return "\x7f";
    if (modifiers != 0)
        return "\x1b[" + std::to_string(code.number) + ";" + std::to_string(modifiers + 1) + code.final;
    if (code.final == '~')
        return "\x1b[" + std::to_string(code.number) + "~";
    auto const is_function = code.final >= 'P';
    return (is_function || to.is(mode::cursor_keys) ? "\x1bO" : "\x1b[") + std::string(1, code.final);
}

std::string text_bytes(terminal const& to, key_event const& event)
{
    std::string bytes;
    auto const text = text_of(event);
    if ((event.modifiers & modifier::control) != 0 && text.size() == 1) {
        if (auto const control = control_character(text.front()); control >= 0)
            bytes = static_cast<char>(control);
    }
    if (bytes.empty())
        for (auto const scalar : text)
            vt::append_utf8(bytes, scalar);
    if ((event.modifiers & (modifier::alt | modifier::meta)) != 0 && !bytes.empty())
        return with_alt(to, std::move(bytes));
    return bytes;
}

/// The code point that modifyOtherKeys names a key by; 0 if it leaves it alone.
char32_t other_key(key_event const& event)
{
    switch (event.name) {
    case key::escape:
        return 27;
    case key::enter:
        return 13;
    case key::tab:
        return 9;
    case key::backspace:
        return 127;
    case key::character: {
        auto const text = text_of(event);
        return text.size() == 1 ? text.front() : 0;
    }
    default:
        return 0;
    }
}

/// Whether modifyOtherKeys at @p level changes what @p event sends.
bool is_modified(key_event const& event, int level)
{
    auto const modifiers = xterm_modifiers(event.modifiers);
    auto const only_shift = modifiers == modifier::shift;
    if (modifiers == 0 || (event.name == key::character && only_shift))
        return false;
    if (level >= 2)
        return !(event.name == key::tab && only_shift);
    // At level 1 what has a well-known meaning keeps it.
    if (event.name == key::tab || event.name == key::backspace || event.name == key::escape)
        return false;
    if (event.name == key::enter)
        return true;
    return (modifiers & modifier::control) != 0 && control_character(text_of(event).front()) < 0;
}

std::optional<std::string> other_key_bytes(terminal const& to, key_event const& event)
{
    auto const level = to.key_modifier_options();
    auto const code = level > 0 ? other_key(event) : 0;
    if (code == 0 || !is_modified(event, level))
        return std::nullopt;
    auto const modifiers = std::to_string(xterm_modifiers(event.modifiers) + 1);
    auto const number = std::to_string(static_cast<unsigned>(code));
    if (to.inner().chosen.key_formats[modify_other_keys] == 1)
        return "\x1b[" + number + ";" + modifiers + "u";
    return "\x1b[27;" + modifiers + ";" + number + "~";
}

}  // namespace

std::string legacy_key_bytes(terminal const& to, key_event const& event)
{
    if (event.action == key_action::release)
        return {};
    if (auto const other = other_key_bytes(to, event))
        return *other;
    if (auto const bytes = plain_bytes(to, event))
        return (event.modifiers & (modifier::alt | modifier::meta)) != 0 ? with_alt(to, *bytes) : *bytes;
    if (auto const pad = keypad_code_of(event.name)) {
        if (to.is(mode::application_keypad) && (event.modifiers & modifier::num_lock) == 0)
            return std::string("\x1bO") + pad->application;
        if (event.name == key::keypad_enter)
            return to.is(mode::newline) ? "\r\n" : "\r";
    }
    if (auto const code = xterm_code(event.name))
        return function_bytes(to, event, *code);
    return text_bytes(to, event);
}

}  // namespace detail

std::string key_bytes(terminal const& to, key_event const& event)
{
    if (to.is(mode::keyboard_locked))
        return {};
    if (auto const flags = static_cast<unsigned>(to.keyboard_flags()); flags != 0)
        return detail::kitty_key_bytes(to, event, flags);
    auto unlocked = event;
    unlocked.modifiers &= ~modifier::caps_lock;
    return detail::legacy_key_bytes(to, unlocked);
}

}  // namespace tendril::term
