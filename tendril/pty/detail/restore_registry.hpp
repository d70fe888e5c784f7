#pragma once

/// @file
/// Which terminals are in raw mode because of us, kept so that a signal handler can give them back.
/// Layer: pty (base, io, process). Spec: signal-safety(7): tcsetattr, tcgetpgrp, sigaction and raise are
/// safe.

#include <tendril/base/error.hpp>
#include <tendril/pty/raw_terminal.hpp>

#include <cstddef>

#include <termios.h>

namespace tendril::pty::detail {

/// A place in the registry's fixed storage.
using restore_slot = std::size_t;

/// Registers the terminal behind @p fd and puts it into raw mode. The first one installs the signal handlers.
/// Errors: ENOTTY; too_many_files_open when every slot is taken.
[[nodiscard]] result<restore_slot> hold_terminal(int fd, output_handling output, interrupt_key interrupts);

/// Gives the terminal of @p slot back for a while; the handlers leave it alone until retake_terminal().
[[nodiscard]] result<void> lend_terminal(restore_slot slot);

/// Takes note of the terminal's attributes anew and puts it into raw mode again.
[[nodiscard]] result<void> retake_terminal(restore_slot slot);

/// Gives the terminal of @p slot back for good. The last one removes the signal handlers.
void release_terminal(restore_slot slot) noexcept;

/// The attributes that the terminal of @p slot gets back.
[[nodiscard]] ::termios found_attributes(restore_slot slot) noexcept;

}  // namespace tendril::pty::detail
