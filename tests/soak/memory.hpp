#pragma once

/// @file
/// What a long run may not make grow. Layer: tests. Spec: proc_pid_statm(5).

#include <cstddef>

namespace tendril::tests {

/// The memory of this process that is in use, in bytes.
[[nodiscard]] std::size_t resident_bytes();

}  // namespace tendril::tests
