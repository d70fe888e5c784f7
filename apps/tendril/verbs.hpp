#pragma once

/// @file
/// The verbs of the `tendril` command, one file each. Layer: apps.

#include <array>
#include <string_view>

#include <apps/tendril/render.hpp>

namespace tendril::app {

/// One verb: what follows it on the command line is its own.
struct verb {
    std::string_view name;
    std::string_view summary;            ///< one line for `tendril --help`
    int (*main)(int argc, char** argv);  ///< argv[0] is the verb; returns the exit status
};

int play(int argc, char** argv);
int run(int argc, char** argv);

/// Every verb, in the order in which the help lists them.
inline constexpr std::array verbs{
    verb{"run", "runs a program in a terminal, answers its questions, records it", run},
    verb{"play", "plays a recording in this terminal", play},
    verb{"render", "shows what a terminal shows after some bytes", render},
};

}  // namespace tendril::app
