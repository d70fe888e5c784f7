#pragma once

/// @file
/// A session with everything that Gate One's Multiplex has: environment, logs, limits, a name.
/// Layer: session (base, io, process, pty, record, syslog, term). Spec: parity rows M01, M02 and M09.

#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>
#include <tendril/record/finalise.hpp>
#include <tendril/record/format.hpp>
#include <tendril/session/session.hpp>
#include <tendril/syslog/endpoint.hpp>
#include <tendril/syslog/message.hpp>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::session {

/// Where and as what lines go to the system's log.
struct system_log_plan {
    syslog::endpoint to = {};
    syslog::facility from = syslog::facility::daemon;
};

/// Whether the program is told its size in COLUMNS and LINES. Some programs believe these for ever and do not
/// follow a new size; others know no other way.
enum class size_variables { set, left_out };

/// What a session is to be. Everything but the program has a usual value.
struct session_plan {
    process::command program;
    std::unique_ptr<term::emulator> emulator = nullptr;  ///< ours when null
    std::string id = {};                                 ///< of this terminal among others
    std::string user = {};                               ///< whose it is, for the logs
    pty::window_size size = {};
    size_limits limits = {};
    cell_pixels cell = {};
    std::string terminal_type = "xterm-256color";  ///< TERM
    size_variables size_in_environment = size_variables::set;
    std::optional<std::string> log_path = {};  ///< a recording of the output; a new one, or emptied
    record::format log_format = record::format::golog;
    /// Where the recording is finalised when the session has ended; without it, it stays as it was written.
    io::executor background = {};
    std::function<void(result<record::finalised>)> on_log_finalised = nullptr;
    std::optional<system_log_plan> syslog = {};
    std::function<void(std::string_view)> trace = nullptr;  ///< as session::trace_expectations_to()
};

/// Why there is no session: an `error` that also knows the step, when it was the program that did not start.
struct open_error : error {
    std::optional<process::step> at = std::nullopt;

    /// What a shell would exit with for a program that did not start, 1 for everything else.
    [[nodiscard]] int shell_code() const noexcept;
};

/// Starts it: in a terminal with UTF-8 input, with TERM and, where the program's environment says nothing
/// else, LANG and PATH. It reads by itself.
///
/// Errors: as session::start(); of opening the log, in which case nothing is started and no log is changed.
[[nodiscard]] std::expected<session, open_error> open_session(io::executor on, session_plan plan);

}  // namespace tendril::session
