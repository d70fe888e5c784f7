#include <tendril/term/detail/key_codes.hpp>
#include <tendril/vt/utf8.hpp>

namespace tendril::term::detail {

namespace {

// The progressive enhancements.
constexpr unsigned disambiguate = 1;
constexpr unsigned event_types = 2;
constexpr unsigned alternate_keys = 4;
constexpr unsigned all_as_escapes = 8;
constexpr unsigned associated_text = 16;

constexpr unsigned lock_keys = modifier::caps_lock | modifier::num_lock;

bool is_modifier_key(key name) noexcept
{
    return (name >= key::left_shift && name <= key::right_meta) || name == key::caps_lock ||
           name == key::num_lock || name == key::scroll_lock;
}

bool is_plain_control(key name) noexcept
{
    return name == key::enter || name == key::tab || name == key::backspace;
}

bool is_typed(std::u32string const& text) noexcept
{
    for (auto const scalar : text)
        if (scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0))
            return false;
    return !text.empty();
}

std::string joined(std::u32string const& text)
{
    std::string numbers;
    for (auto const scalar : text)
        numbers += (numbers.empty() ? "" : ":") + std::to_string(static_cast<unsigned>(scalar));
    return numbers;
}

/// The first field: the key, and with flag 4 what it gives with Shift and at its place on a US keyboard.
std::string key_field(key_event const& event, key_code code, unsigned flags)
{
    auto field = std::to_string(code.number);
    if ((flags & alternate_keys) == 0 || event.name != key::character)
        return field;
    auto const shifted = (event.modifiers & modifier::shift) != 0 ? event.shifted : 0;
    auto const base = event.base_layout != event.character ? event.base_layout : 0;
    if (shifted != 0)
        field += ":" + std::to_string(static_cast<unsigned>(shifted));
    if (base != 0)
        field += (shifted == 0 ? "::" : ":") + std::to_string(static_cast<unsigned>(base));
    return field;
}

/// The second field: the modifiers, and with flag 2 what happened to the key; empty when both are ordinary.
std::string modifier_field(key_event const& event, unsigned flags)
{
    auto const action = (flags & event_types) != 0 ? static_cast<int>(event.action) + 1 : 1;
    auto const modifiers = event.modifiers + 1;
    if (modifiers == 1 && action == 1)
        return {};
    return std::to_string(modifiers) + (action == 1 ? "" : ":" + std::to_string(action));
}

std::string escape_code(key_event const& event, unsigned flags)
{
    auto const code = event.name == key::character ? key_code{static_cast<int>(event.character), 'u'}
                                                   : kitty_code(event.name);
    if (code.number == 0)
        return {};
    auto const key_part = key_field(event, code, flags);
    auto const modifier_part = modifier_field(event, flags);
    std::string text_part;
    if ((flags & associated_text) != 0 && event.action != key_action::release)
        if (auto const text = text_of(event); is_typed(text))
            text_part = joined(text);
    std::string fields;
    if (key_part != "1" || !modifier_part.empty() || !text_part.empty())
        fields = key_part;
    if (!modifier_part.empty() || !text_part.empty())
        fields += ";" + modifier_part;
    if (!text_part.empty())
        fields += ";" + text_part;
    return "\x1b[" + fields + code.final;
}

/// Whether @p event still sends what it types, without a code of its own.
bool sends_text(key_event const& event, unsigned flags)
{
    if ((flags & all_as_escapes) != 0)
        return false;
    auto const modifiers = event.modifiers & ~lock_keys;
    auto const is_text = event.name == key::character || keypad_code_of(event.name).has_value();
    if (!is_text || event.name == key::keypad_enter)
        return is_plain_control(event.name) && modifiers == 0;
    return (modifiers & ~modifier::shift) == 0 || (flags & disambiguate) == 0;
}

}  // namespace

std::string kitty_key_bytes(terminal const& to, key_event const& event, unsigned flags)
{
    if (is_modifier_key(event.name) && (flags & all_as_escapes) == 0)
        return {};
    if (event.action == key_action::release) {
        if ((flags & event_types) == 0)
            return {};
        // Else the Enter that starts a program would be seen ending in it.
        if (is_plain_control(event.name) && (flags & all_as_escapes) == 0)
            return {};
    }
    auto const told_apart = (flags & event_types) != 0 && event.action != key_action::press;
    auto const plain_control = is_plain_control(event.name);
    if (sends_text(event, flags) && (!told_apart || plain_control))
        return legacy_key_bytes(to, event);
    auto const has_code = (flags & (disambiguate | all_as_escapes)) != 0 || told_apart;
    return has_code ? escape_code(event, flags) : legacy_key_bytes(to, event);
}

}  // namespace tendril::term::detail
