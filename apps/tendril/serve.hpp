#pragma once

/// @file
/// A program with our terminal as its own, until it ends: the other half of `tendril render`. Layer: apps.

#include <tendril/term/event.hpp>
#include <tendril/term/host.hpp>
#include <tendril/term/limits.hpp>
#include <tendril/term/size.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tendril::app {

/// What is settled before the program starts.
struct serve_plan {
    std::vector<std::string> command;  ///< at least the program
    term::grid_size size;
    term::terminal_limits limits;
    term::host host;
    std::optional<std::chrono::steady_clock::duration> patience = {};  ///< then the program is ended
};

/// What is left of it.
struct serve_outcome {
    std::unique_ptr<term::terminal> terminal;
    std::string replies;               ///< what the terminal answered, its beginning if it was much
    std::vector<term::event> events;   ///< the first ones
    int status = 0;                    ///< as a shell's
    bool ran_out_of_patience = false;  ///< it was ended by us
};

/// Runs the program to its end. Its input is the terminal's answers and nothing else.
/// Errors: the exit status to return at once; what went wrong has been said on standard error.
[[nodiscard]] std::expected<serve_outcome, int> serve(serve_plan const& plan);

}  // namespace tendril::app
