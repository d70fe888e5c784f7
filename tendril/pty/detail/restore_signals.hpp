#pragma once

/// @file
/// The signal handlers that give raw terminals back before a signal ends or stops the program.
/// Layer: pty (base, io, process). Spec: signal-safety(7), sigaction(2); row P05.

namespace tendril::pty::detail {

/// Installs the handlers, or counts one more user of them.
void install_restore_signals();

/// Counts one user less; the last one puts the former dispositions back.
void remove_restore_signals() noexcept;

/// Gives every held terminal back. Async-signal-safe; by the registry.
void give_back_held_terminals() noexcept;

/// Puts every held terminal into raw mode again. Async-signal-safe; by the registry.
void retake_held_terminals() noexcept;

}  // namespace tendril::pty::detail
