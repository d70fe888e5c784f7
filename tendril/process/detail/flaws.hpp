#pragma once

/// @file
/// What is wrong with a command as far as that can be told without the kernel's verdict.
/// Layer: process (base, io). Spec: execve(2), setpgid(2), getrlimit(2); row C02.

#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>

#include <optional>

namespace tendril::process::detail {

/// The first flaw of @p what: strings that a NUL would cut short, entries that are no variables, options that
/// contradict each other, descriptors that are not open or cannot exist.
[[nodiscard]] std::optional<spawn_error> first_flaw(command const& what);

}  // namespace tendril::process::detail
