#pragma once

/// @file
/// Everything that is known when a program has ended: how, at what cost, after how long.
/// Layer: process (base, io). Spec: parity row C05; getrusage(2).

#include <tendril/base/error.hpp>
#include <tendril/process/exit_status.hpp>

#include <chrono>
#include <cstddef>
#include <optional>

namespace tendril::process {

/// What the program and the children it waited for consumed.
struct resource_usage {
    std::chrono::microseconds user{};
    std::chrono::microseconds system{};
    std::size_t peak_resident_bytes = 0;  ///< of the largest of them
};

/// The end of a program. A failing program is no error of ours.
struct ending {
    exit_status status = {};
    std::optional<resource_usage> usage = {};  ///< absent when somebody else did the reaping
    std::chrono::nanoseconds wall_time{};      ///< from the start to the moment we learnt of the end
    error_code lost = {};  ///< errc::status_lost when `status` is unknown; no error otherwise
};

}  // namespace tendril::process
