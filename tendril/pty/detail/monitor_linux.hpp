#pragma once

/// @file
/// The monitor: a forked process of ours that leads a terminal's session so that the program on it can be
/// stopped. Layer: pty (base, io, process). Spec: setpgid(2) "orphaned process group"; setsid(2); design:
/// README.md.

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/ending.hpp>
#include <tendril/process/spawn.hpp>

#include <cstdint>
#include <expected>

#include <sys/types.h>

namespace tendril::pty::detail {

/// What the monitor tells us, one message each on a SOCK_SEQPACKET pair.
struct monitor_report {
    enum class kind : std::int32_t {
        refused,  ///< first: the step in `value`, the errno in `os_error`; the monitor ends
        started,  ///< first: the program's pid in `value`
        stopped,  ///< the signal in `value`
        continued,
        ended,  ///< last: the wait status in `value`
    };
    kind what;
    std::int32_t value;
    std::int32_t os_error = 0;
    std::int32_t which = 0;              ///< of a refusal, see spawn_refusal
    process::resource_usage usage = {};  ///< with `ended`
};

/// What we tell the monitor.
struct monitor_order {
    enum class kind : std::int32_t {
        signal_program,
        signal_group,
        resume,  ///< foreground and SIGCONT
        sweep,   ///< SIGKILL to the group in the moment in which the program ends
        kill,    ///< SIGKILL to the group, reap, end
    };
    kind what;
    std::int32_t signal;
};

/// A monitor that runs, and the program it has started.
struct started_monitor {
    process::spawned monitor;
    pid_t program;
    base::unique_fd control;
};

/// Forks a monitor that takes @p slave as its controlling terminal and starts @p what, which was prepared
/// with own_group and @p slave as foreground_terminal. Returns once the program has been executed, or has
/// refused.
[[nodiscard]] std::expected<started_monitor, process::spawn_refusal>
start_monitor(process::prepared_command& what, int slave);

}  // namespace tendril::pty::detail
