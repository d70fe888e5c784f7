#pragma once

/// @file
/// The event face of a program on a terminal: the same handler and transport as for pipes.
/// Layer: pty (base, io, process). Spec: parity row C11.
///
/// All output arrives as descriptor 1, standard error too; input is descriptor 0. A terminal has no
/// half-close, so close(0) is operation_not_supported: lose_connection() hangs up. Terminals are closed as
/// one: closed(0), then closed(1). What a write types is cut by end-of-file characters where the line editor
/// of a terminal in canonical mode would drop bytes: see canonical_slices.

#include <tendril/process/handler.hpp>
#include <tendril/process/transport.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/window_size.hpp>

#include <expected>
#include <memory>

namespace tendril::pty {

/// Starts @p what on a fresh terminal, as launch() does, and tells @p events what happens to it; the first
/// event comes after the return.
///
/// Errors: as launch(); no event comes then.
[[nodiscard]] std::expected<std::unique_ptr<process::transport>, process::spawn_error>
spawn(io::executor on, process::handler& events, process::command what, launch_options const& options = {},
      process::transport_options const& limits = {});

/// Starts @p what on the caller's own terminal.
///
/// Ownership: takes over both ends; the slave is closed once the program has it.
/// Errors:    as launch().
[[nodiscard]] std::expected<std::unique_ptr<process::transport>, process::spawn_error>
spawn_on(io::executor on, process::handler& events, process::command what, pair terminal,
         job_control jobs = job_control::none, process::transport_options const& limits = {});

/// Gives the terminal of @p to another size; its foreground group is told (SIGWINCH).
/// Errors: bad_file_descriptor once it is closed; ENOTTY when it is no terminal.
[[nodiscard]] result<void> resize(process::transport& to, window_size size);

}  // namespace tendril::pty
