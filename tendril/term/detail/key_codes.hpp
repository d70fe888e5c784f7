#pragma once

/// @file
/// The numbers and letters that stand for named keys. Layer: term.
/// Spec: xterm ctlseqs, "PC-Style Function Keys"; kitty keyboard protocol, "Functional key definitions".

#include <tendril/term/key.hpp>

#include <optional>
#include <string>

namespace tendril::term::detail {

/// A key as CSI NUMBER ; MODIFIERS FINAL. A number of 1 is left out when nothing follows it.
struct key_code {
    int number;
    char final;
};

/// The code that xterm sends; empty for keys that send a plain byte or nothing.
[[nodiscard]] std::optional<key_code> xterm_code(key name) noexcept;

/// The code of the kitty protocol; every named key has one.
[[nodiscard]] key_code kitty_code(key name) noexcept;

/// What a keypad key types, 0 if nothing, and the letter that it sends behind SS3 in application mode.
struct keypad_code {
    char text;
    char application;
};
[[nodiscard]] std::optional<keypad_code> keypad_code_of(key name) noexcept;

/// The same key off the keypad, or itself: keypad_left is left.
[[nodiscard]] key main_key(key name) noexcept;

/// What is typed: the event's own text, else the character, shifted if need be.
[[nodiscard]] std::u32string text_of(key_event const& event);

/// The bytes of @p event in the kitty protocol under @p flags.
[[nodiscard]] std::string kitty_key_bytes(terminal const& to, key_event const& event, unsigned flags);

/// What @p event sends without any protocol.
[[nodiscard]] std::string legacy_key_bytes(terminal const& to, key_event const& event);

}  // namespace tendril::term::detail
