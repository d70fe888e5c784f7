#pragma once

/// @file
/// Starts a program on a fresh terminal: the asynchronous face that sessions are built on.
/// Layer: pty (base, io, process). Spec: credentials(7), tty_ioctl(4); design: README.md, "The monitor".

#include <tendril/io/executor.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/program.hpp>
#include <tendril/pty/stream.hpp>

#include <expected>

namespace tendril::pty {

/// Who leads the terminal's session.
enum class job_control {
    /// The program itself. Its group is orphaned then, so the kernel discards Ctrl-Z; nothing else runs.
    none,
    /// A tiny monitor process of ours: the program can be stopped with Ctrl-Z, and resumed.
    /// Cost: a fork of our process, so it grows with our memory, unlike `none`.
    monitored,
};

/// How the terminal and the program on it start.
struct launch_options {
    pair_options terminal = {};
    job_control jobs = job_control::none;
};

/// A program and the terminal it runs on. Wait for the program and read the master to its eof: either may
/// come first.
struct terminal_child {
    program process;
    stream master;
};

/// Runs @p what with a fresh terminal as controlling terminal and descriptors 0, 1 and 2, in its foreground.
///
/// The session, the group, the controlling terminal and descriptors 0 to 2 of @p what are overruled; further
/// descriptors and all redirections are kept.
/// Errors: spawn_error (converts to `result`): step::open_terminal, step::audit when a hook refused; or what
/// process::spawn() reports.
[[nodiscard]] std::expected<terminal_child, process::spawn_error>
launch(io::executor on, process::command what, launch_options const& options = {});

/// As launch(), on the caller's own terminal.
/// Ownership: takes over both ends; the slave is closed once the program has it.
[[nodiscard]] std::expected<terminal_child, process::spawn_error>
launch_on(io::executor on, process::command what, pair terminal, job_control jobs = job_control::none);

}  // namespace tendril::pty
