#pragma once

/// @file
/// A limit on what a program may use. Layer: process (base, io). Spec: getrlimit(2); row C17.

#include <cstdint>
#include <limits>

#include <sys/resource.h>

namespace tendril::process {

/// No limit, for either field of a resource_limit.
inline constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

/// One limit: what counts, and how far the program may raise it itself.
struct resource_limit {
    int resource = RLIMIT_NOFILE;    ///< RLIMIT_NOFILE, RLIMIT_CORE and so on
    std::uint64_t soft = unlimited;  ///< in the unit of the resource: bytes, seconds, a number
    std::uint64_t hard = unlimited;  ///< at least `soft`; only a privileged caller can go beyond its own
};

}  // namespace tendril::process
