#pragma once

/// @file
/// Runs a program with our own terminal wired through, both ways seen and changed by callbacks. Blocking.
/// Layer: pty (base, io, process). Spec: Python's pty.spawn; rows P03 to P07.
///
/// Differences from pty.spawn: callbacks get chunks, not descriptors; the window size follows ours; at the
/// end of our input the program sees an end of file; lines too long for the kernel's line editor are cut with
/// the end of file character, which loses nothing, instead of being dropped.

#include <tendril/base/bytes.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/process/spawn_error.hpp>

#include <expected>
#include <functional>
#include <span>
#include <string>

namespace tendril::pty {

/// Sees every chunk and returns what goes on in its place. Returning nothing means end of file in that
/// direction: it is not called again. An empty function passes everything through.
using chunk_filter = std::move_only_function<std::string(base::byte_view chunk)>;

/// Our ends of the wire; they are neither owned nor changed but for raw mode.
struct spawn_ends {
    int input = 0;   ///< put into raw mode when it is a terminal; a closed one reads as its end
    int output = 1;  ///< where the program's output goes; the size of whichever is a terminal is forwarded
};

/// Runs @p argv on a fresh terminal until it has ended and its output is drained.
///
/// @p master_read sees what the program writes, @p stdin_read what we read for it. When @p master_read
/// declares the end, later output is thrown away; when our input or @p stdin_read ends, the program is sent
/// its terminal's end-of-file character (twice in the middle of a line), and its output goes on.
///
/// Errors:  spawn_error as pty::launch(), step::audit when a hook refused; step::run_program with the errno
/// when
///          our own ends fail: the program is hung up and reaped then.
/// Threads: installs a SIGWINCH handler while it runs; call it on one thread at a time.
/// Cost:    buffers at most 64 KiB in each direction.
[[nodiscard]] std::expected<process::exit_status, process::spawn_error>
spawn(std::span<std::string const> argv, chunk_filter master_read = {}, chunk_filter stdin_read = {},
      spawn_ends ends = {});

}  // namespace tendril::pty
