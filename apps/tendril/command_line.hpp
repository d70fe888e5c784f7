#pragma once

/// @file
/// What every verb's command line has in common: one line per error, the exit statuses. Layer: apps.

#include <tendril/base/error.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace tendril::app {

/// Exit statuses that mean the same for every verb (sysexits do not; a shell's do).
inline constexpr int exit_failure = 1;
inline constexpr int exit_usage =
    2;  ///< what the command line says cannot be used: an option, a size, a pattern, a file

/// Parses argv with @p line. Empty: go on. Otherwise the exit status to return at once: 0 after --help,
/// exit_usage after a one-line complaint on standard error.
[[nodiscard]] std::optional<int> parse(CLI::App& line, int argc, char** argv);

/// The same for `[OPTIONS] [--] PROGRAM [ARGS]`. What is no option, and everything behind `--`, goes to
/// @p program, which stays empty when there is none.
[[nodiscard]] std::optional<int> parse_with_program(CLI::App& line, int argc, char** argv,
                                                    std::vector<std::string>& program);

/// Writes "tendril VERB: MESSAGE" as one line on standard error, control characters made visible.
/// Returns @p status, so that a verb can `return complain(...)`.
int complain(std::string_view verb, std::string_view message, int status = exit_failure);

/// The same for a failed attempt.
int complain(std::string_view verb, error const& why, int status = exit_failure);

}  // namespace tendril::app
