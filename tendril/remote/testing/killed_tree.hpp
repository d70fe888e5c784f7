#pragma once

/// @file
/// Chains of contexts of which one is killed at any place, again and again. Layer: remote (base, rpc); for
/// tests and measurements.

#include <tendril/remote/node.hpp>

#include <string>
#include <vector>

namespace tendril::remote::testing {

/// What came of the rounds.
struct killed_trees {
    std::vector<double> milliseconds =
        {};                 ///< for each: from the kill until the last of those who wait heard
    std::string flaw = {};  ///< what was not as it should be; empty when all was
};

/// Makes a chain six deep in each of @p rounds, waits for an answer of each context, kills one with SIGKILL
/// (in every other round while one at or below it is frozen), and sees to it that who waits for it or for one
/// below hears of it, that those above go on, and that in the end no process is left. Not in the strand. This
/// process becomes the one that orphans below it fall to.
[[nodiscard]] killed_trees kill_trees(node& here, int rounds);

}  // namespace tendril::remote::testing
