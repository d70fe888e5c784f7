#pragma once

/// @file
/// clone(2) and clone3(2) as a call of a function on another stack.
/// Layer: process (base, io). Spec: clone(2) CLONE_VM, CLONE_VFORK, CLONE_PIDFD, CLONE_INTO_CGROUP.

#include <cstddef>
#include <span>

namespace tendril::process::detail {

/// What the child runs. It must not return.
using child_entry = void (*)(void*);

/// Clones a child that shares our memory and calls @p entry with @p argument on @p stack; our thread sleeps
/// until the child has executed a program or ended.
///
/// With a @p cgroup (a descriptor, or -1) the child starts in it, by clone3; without one it is clone, because
/// seccomp filters of older container runtimes refuse clone3. Returns the pid, or minus errno.
[[nodiscard]] long clone_onto(std::span<std::byte> stack, int cgroup, int& pidfd, child_entry entry,
                              void* argument) noexcept;

}  // namespace tendril::process::detail
