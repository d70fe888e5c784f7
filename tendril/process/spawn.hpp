#pragma once

/// @file
/// From a command to a running program: vfork-style, so at a cost that does not depend on our memory, with
/// failures reported as step and errno.
/// Layer: process (base, io). Spec: clone(2), pidfd_open(2), close_range(2), execve(2); parity rows C02, C03,
/// C15, C17.
///
/// Differences from execvp(3): a file that is executable but has no known format is reported (ENOEXEC) and
/// not handed to /bin/sh. What runs is exactly what was asked for, which an audit hook can rely on; the
/// ancestors (Python, Twisted) do the same. A missing PATH means /usr/local/bin:/bin:/usr/bin, never the
/// current directory.

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>

#include <expected>
#include <memory>

#include <sys/types.h>

namespace tendril::process {

/// A running program that nobody waits for yet. Who holds it must reap it: see `child`.
struct spawned {
    pid_t pid = -1;
    base::unique_fd pidfd;
};

/// A step that refused, without words: what a process can report that must not allocate.
struct spawn_refusal {
    step at = step::create_process;
    int os_error = 0;  ///< 0: nothing refused
    int which = 0;     ///< among several calls of one step, for describe()
};

/// A command frozen into the arrays that system calls take, ready to be started any number of times.
///
/// Ownership: owns the files that the command's redirections opened; they are shared by all its starts.
/// Lifetime:  the descriptors that the command names stay open until it is started.
class prepared_command {
public:
    /// Freezes @p what, and opens its files.
    ///
    /// Errors: whatever can be told before a process exists: malformed strings (errc::embedded_nul,
    ///         errc::not_a_variable, errc::no_program), options that contradict each other, descriptors that
    ///         are not open or cannot exist, files that cannot be opened.
    [[nodiscard]] static std::expected<prepared_command, spawn_error> prepare(command const& what);

    prepared_command(prepared_command&&) noexcept;
    prepared_command& operator=(prepared_command&&) noexcept;
    ~prepared_command();

    /// Starts the program and returns once it has been executed, or has refused.
    ///
    /// Only system calls happen here: it may be called in a forked child of a program with threads.
    /// Threads: one object, one thread at a time.
    [[nodiscard]] spawn_refusal start(pid_t& pid, int& pidfd) noexcept;

    /// Puts a refusal of start() into words.
    [[nodiscard]] spawn_error describe(spawn_refusal why) const;

private:
    struct plan;
    explicit prepared_command(std::unique_ptr<plan> frozen) noexcept;

    std::unique_ptr<plan> plan_;
};

/// Starts @p what. In the program every signal has its default disposition and none is blocked.
///
/// Errors: spawn_error with the step and its errno; no process is left then.
[[nodiscard]] std::expected<spawned, spawn_error> spawn(command const& what);

}  // namespace tendril::process
