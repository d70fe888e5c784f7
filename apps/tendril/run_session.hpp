#pragma once

/// @file
/// One `tendril run`, from a checked command line to an exit status. Layer: apps.

#include <tendril/expect/redactor.hpp>
#include <tendril/process/command.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/record/recording_file.hpp>
#include <tendril/session/answers.hpp>
#include <tendril/session/console.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <apps/tendril/syslog_option.hpp>

namespace tendril::app {

/// Everything that is settled before the program starts.
struct run_plan {
    process::command program;
    pty::pair_options terminal;
    session::surroundings around;
    std::vector<session::answer_rule> answers;
    std::string command_line;  ///< for the recording
    std::optional<std::chrono::steady_clock::duration> patience =
        std::nullopt;                                                ///< for each expected question
    std::optional<record::recording_file> recording = std::nullopt;  ///< prepared, not begun
    std::optional<expect::redactor> redactor = std::nullopt;         ///< of what no log may hold
    std::optional<syslog_plan> syslog = std::nullopt;                ///< where lines of output go, too
};

/// Runs it to the end and says what went wrong on standard error. Returns the exit status.
int run_session(run_plan plan);

}  // namespace tendril::app
