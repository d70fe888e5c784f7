#pragma once

/// @file
/// Why a program did not start: which step refused, and the errno.
/// Layer: process (base, io). Spec: parity row C02; POSIX.1-2024 XCU 2.8.2 (126 and 127).

#include <tendril/base/error.hpp>

#include <string_view>

namespace tendril::process {

/// The steps on the way from a command to a running program, in the order in which they happen.
enum class step {
    open_terminal,         ///< the pseudo-terminal, before anything runs
    audit,                 ///< a hook that sees every start and refused this one
    arguments,             ///< argv, before anything runs
    environment,           ///< the variables, before anything runs
    open_file,             ///< a file or memory for a redirection, before anything runs
    cgroup,                ///< opening the cgroup, or starting in it
    create_process,        ///< clone, fork, or what they need
    new_session,           ///< setsid
    process_group,         ///< setpgid
    controlling_terminal,  ///< TIOCSCTTY
    file_mode_mask,        ///< umask
    working_directory,     ///< fchdir, chdir
    foreground,            ///< TIOCSPGRP
    oom_score,             ///< /proc/self/oom_score_adj
    descriptors,           ///< the descriptor map, and closing the rest
    processors,            ///< sched_setaffinity
    niceness,              ///< setpriority
    resource_limits,       ///< prlimit
    privileges,            ///< no_new_privs
    user,                  ///< setgroups, setresgid, setresuid, and the proof that there is no way back
    parent_death,          ///< PR_SET_PDEATHSIG; ESRCH: we were gone already
    find_program,          ///< no candidate exists
    find_interpreter,      ///< the program exists, the interpreter it names does not
    run_program,           ///< execve refused the program that was found
};

/// The step as a phrase for messages: "find program".
[[nodiscard]] std::string_view name_of(step at) noexcept;

/// A failed start: an `error` that also knows the step. `std::expected<T, spawn_error>` converts to
/// `result<T>`.
struct spawn_error : error {
    step at = step::create_process;
};

/// Builds a spawn_error whose attempt reads "run SUBJECT: STEP DETAIL", on one line whatever the subject.
[[nodiscard]] spawn_error make_spawn_error(step at, error_code code, std::string_view subject,
                                           std::string_view detail = {});

/// What a shell would exit with: 127 when there is no such program, 126 for every other reason.
[[nodiscard]] int shell_code(spawn_error const& why) noexcept;

}  // namespace tendril::process
