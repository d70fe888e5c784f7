#pragma once

/// @file
/// How a program is made to end, as data: a signal, a time to obey, the next signal.
/// Layer: process (base, io). Spec: parity row C08.

#include <tendril/process/child.hpp>

#include <chrono>
#include <csignal>
#include <vector>

namespace tendril::process {

/// One rung: send, then wait.
struct stop_step {
    int signal = SIGTERM;
    std::chrono::milliseconds patience{0};  ///< how long to wait before the next step; unused in the last
};

/// A ladder of ever stronger requests. The program's end stops it.
struct stop_policy {
    std::vector<stop_step> steps = {{SIGTERM, std::chrono::seconds(5)}, {SIGKILL}};
    /// `group` needs a program that leads one. Whoever of the group is left when the program itself ends is
    /// killed then, before the group's number can be recycled.
    audience whom = audience::program;
};

}  // namespace tendril::process
