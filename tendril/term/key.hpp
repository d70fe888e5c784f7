#pragma once

/// @file
/// What a key sends in the modes that a program has set.
/// Layer: term. Spec: xterm ctlseqs, "PC-Style Function Keys", XTMODKEYS; kitty keyboard protocol; DECCKM,
/// DECNKM, DECBKM.

#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <string>

namespace tendril::term {

/// Bits of a set. In the order of the kitty protocol; the first three are those of xterm.
namespace modifier {
inline constexpr unsigned shift = 1;
inline constexpr unsigned alt = 2;
inline constexpr unsigned control = 4;
inline constexpr unsigned super = 8;
inline constexpr unsigned hyper = 16;
inline constexpr unsigned meta = 32;
inline constexpr unsigned caps_lock = 64;
inline constexpr unsigned num_lock = 128;
}  // namespace modifier

/// Keys that have a name instead of a character.
enum class key : std::uint8_t {
    character,  ///< none of those below: the key has a character
    escape,
    enter,
    tab,
    backspace,
    insert,
    erase,  ///< the key that is labelled Delete
    left,
    right,
    up,
    down,
    page_up,
    page_down,
    home,
    end,
    begin,  ///< the 5 of a keypad without Num Lock
    caps_lock,
    scroll_lock,
    num_lock,
    print_screen,
    pause,
    menu,
    f1,
    f20 = f1 + 19,
    f35 = f1 + 34,
    keypad_0,
    keypad_9 = keypad_0 + 9,
    keypad_decimal,
    keypad_divide,
    keypad_multiply,
    keypad_subtract,
    keypad_add,
    keypad_enter,
    keypad_equal,
    keypad_separator,
    keypad_left,
    keypad_right,
    keypad_up,
    keypad_down,
    keypad_page_up,
    keypad_page_down,
    keypad_home,
    keypad_end,
    keypad_insert,
    keypad_erase,
    left_shift,
    left_control,
    left_alt,
    left_super,
    left_hyper,
    left_meta,
    right_shift,
    right_control,
    right_alt,
    right_super,
    right_hyper,
    right_meta,
    count
};

/// Function key @p number, from 1 to 35.
[[nodiscard]] constexpr key function_key(int number) noexcept
{
    return static_cast<key>(static_cast<int>(key::f1) + number - 1);
}

enum class key_action : std::uint8_t { press, repeat, release };

/// One thing that a person does to a key.
struct key_event {
    key name = key::character;
    char32_t character = 0;  ///< what the key gives without modifiers: 'a', never 'A'
    unsigned modifiers = 0;
    key_action action = key_action::press;
    char32_t shifted = 0;      ///< what it gives with Shift; 0: unknown
    char32_t base_layout = 0;  ///< what the key at its place gives on a US keyboard; 0: the same
    std::u32string text = {};  ///< what it types with these modifiers, control and alt aside; empty: as above
};

/// The bytes that @p event sends to the program in @p to; empty when it sends nothing.
///
/// With flags of the kitty protocol in force they are of that protocol; else they are xterm's, with
/// modifyOtherKeys and formatOtherKeys if set. Alt is a leading ESC (mode 1036 or 1039), or the eighth bit
/// (1034), or nothing.
[[nodiscard]] std::string key_bytes(terminal const& to, key_event const& event);

}  // namespace tendril::term
