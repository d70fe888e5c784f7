#pragma once

/// @file
/// What must not grow without bound. Layer: base, for tests and benchmarks only. Spec: proc_pid_statm(5).

#include <cstddef>
#include <fstream>

#include <unistd.h>

namespace tendril::base::testing {

/// The memory of this process that is in use, in bytes.
[[nodiscard]] inline std::size_t resident_bytes()
{
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace tendril::base::testing
