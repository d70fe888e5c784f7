#pragma once

/// @file
/// What a terminal is set to beside what it shows: titles, colours, the cursor's look, and what its keys and
/// mouse send. Layer: term. Spec: xterm ctlseqs; kitty keyboard protocol.

#include <tendril/term/cursor.hpp>
#include <tendril/term/mode.hpp>
#include <tendril/term/terminal.hpp>

#include <map>
#include <string>

namespace tendril::term {

/// A value; one made by default is what a terminal has after a reset.
struct client_settings {
    mode_set modes = mode_set().set(static_cast<std::size_t>(
        mode::cursor_visible));  ///< only those that matter to whoever sits at the client
    cursor_shape shape = cursor_shape::block;
    bool blink = true;
    int keyboard_flags = 0;  ///< of the screen that is shown
    int key_modifier_options = 0;
    std::string title;
    std::string icon;
    std::map<int, rgb> palette;  ///< changed entries, and the dynamic_ colours behind them

    bool operator==(client_settings const&) const = default;
};

/// What @p of is set to.
[[nodiscard]] client_settings settings_of(terminal const& of);

/// Appends the bytes that take a client from one to the other; they move no cursor and print nothing.
void append_settings_change(std::string& to, client_settings const& from, client_settings const& wanted);

/// The bytes that bring every one of those modes and the cursor's look to @p wanted, whatever they were.
[[nodiscard]] std::string modes_from_unknown(client_settings const& wanted);

}  // namespace tendril::term
