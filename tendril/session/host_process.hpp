#pragma once

/// @file
/// Starts a session in a process of its own, which outlives whoever started it.
/// Layer: session (base, io, process, pty, term). Spec: parity row M12; docs/adr/0026; daemon(7).

#include <tendril/session/host_folder.hpp>
#include <tendril/session/open_session.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>

#include <sys/types.h>

namespace tendril::session {

/// What is to be hosted.
struct host_plan {
    session_plan session;               ///< its emulator and its background executor are the host's
    std::string name = {};              ///< empty: the smallest number that is free
    std::chrono::seconds linger{3600};  ///< how long the end is kept for somebody to hear of it
    std::size_t history_lines = 10'000;
};

/// A session that runs on without us.
struct started_host {
    std::string name;
    pid_t host = -1;  ///< its process: no child of ours
};

/// Why there is none.
struct host_start_error : error {
    int shell_code = 1;  ///< 127 when there is no such program, 126 when it cannot be run, 1 for the rest
};

/// Forks a process that leaves our session and terminal, claims the name and runs the program; returns once
/// the program runs or has been refused. The program starts in our working directory and with what its
/// command says of the environment; of our descriptors the host keeps none.
///
/// The host ends with host::run(). When it is killed, the program is hung up and a stale socket stays.
/// SIGTERM to the host ends the program as session::usual_stop() does.
///
/// Threads: none but the caller's may run: the host goes on in a copy of our memory. Do nothing else with the
///          library before; a server that does starts `tendril new -d`.
/// Errors:  of host_folder::claim() and open_session(); nothing is left then.
[[nodiscard]] std::expected<started_host, host_start_error> start_host(host_folder const& in, host_plan plan);

}  // namespace tendril::session
