#pragma once

/// @file
/// The readable scripts of conformance/: what is fed, and what must be seen then.
/// Layer: tests (base, term). Spec: conformance/README.md.

#include <tendril/term/terminal.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::conformance {

/// One line of a case: a word and what follows it, escapes undone.
struct step {
    int number = 0;  ///< of the line in the file, from 1
    std::string word;
    std::vector<std::string> arguments;
};

/// One case: its name and its steps in order.
struct script {
    std::string file;
    std::string name;
    std::vector<step> steps;
};

/// Reads every case of @p path. A line that cannot be read becomes a step that no run understands.
[[nodiscard]] std::vector<script> read_scripts(std::filesystem::path const& path);

/// Feeds bytes to a terminal, in whatever pieces.
using feeder = std::function<void(term::terminal&, std::string_view)>;

/// Runs @p which. Returns what went wrong, one line each; empty when every expectation held.
[[nodiscard]] std::vector<std::string> run(script const& which, feeder const& feed);

}  // namespace tendril::conformance
