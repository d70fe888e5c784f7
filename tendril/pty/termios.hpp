#pragma once

/// @file
/// Terminal attributes as values: read them, change a copy, write it back.
/// Layer: pty (base, io, process). Spec: termios(3); POSIX.1-2024 XBD 11 "General Terminal Interface".

#include <tendril/base/error.hpp>

#include <termios.h>

namespace tendril::pty {

/// The attributes of the terminal behind @p fd; on a master, those of its slave. Errors: ENOTTY.
[[nodiscard]] result<::termios> attributes_of(int fd);

/// Writes @p attributes at once (TCSANOW): waiting for output to drain would wait for ever on a terminal that
/// is stopped with Ctrl-S, and flushing would eat what the user has typed ahead. Errors: ENOTTY, EIO.
[[nodiscard]] result<void> set_attributes(int fd, ::termios const& attributes);

/// @p from changed to raw mode, as cfmakeraw() does: every byte passes at once and unchanged.
[[nodiscard]] ::termios raw_mode(::termios from) noexcept;

/// @p from without echo of what is typed.
[[nodiscard]] ::termios without_echo(::termios from) noexcept;

/// True when the kernel edits lines and hands them over whole.
[[nodiscard]] bool is_canonical(::termios const& attributes) noexcept;

}  // namespace tendril::pty
