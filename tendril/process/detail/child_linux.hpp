#pragma once

/// @file
/// The code that runs between clone and exec, and the arrays it works on.
/// Layer: process (base, io). Spec: clone(2) CLONE_VM, CLONE_VFORK, CLONE_PIDFD; vfork(2) "Caveats".

#include <tendril/process/detail/descriptor_moves.hpp>
#include <tendril/process/detail/system_call.hpp>
#include <tendril/process/identity.hpp>
#include <tendril/process/spawn_error.hpp>

#include <cerrno>
#include <cstddef>

#include <sys/types.h>

namespace tendril::process::detail {

/// The errno that stands for errc::way_back; no call of the child has it.
inline constexpr int way_back_error = ENOTRECOVERABLE;

/// What the child does. It shares our memory, so these are plain pointers to arrays that the parent owns.
struct child_plan {
    char const* const* candidates = nullptr;  ///< paths to execute in turn, ended by a null
    char* const* arguments = nullptr;
    char* const* environment = nullptr;
    system_calls before_descriptors;
    int foreground_terminal = -1;
    descriptor_move const* moves = nullptr;
    std::size_t move_count = 0;
    int* spares = nullptr;
    descriptor_range const* closed = nullptr;
    std::size_t closed_count = 0;
    unsigned descriptor_limit = 0;  ///< for kernels without close_range (before 5.9)
    system_calls after_descriptors;
    char const* oom_score = nullptr;  ///< as text; null: ours
    std::size_t oom_score_length = 0;
    identity const* user = nullptr;  ///< null: ours
    int parent_death_signal = 0;
    pid_t parent = 0;  ///< who waits, to notice that it has died
    int cgroup = -1;

    // Written by the child, which shares our memory: no pipe is needed to report a failure.
    step failed_at = step::create_process;
    int failed_call = 0;  ///< its place in `after_descriptors`, where several calls share a step
    int failure = 0;      ///< errno; 0: the program was executed
};

/// Clones a child that carries @p plan out, and returns once it has executed its program or ended.
///
/// Returns the pid with its pidfd, or minus errno of clone. When `plan.failure` is set the child is a zombie.
pid_t clone_child(child_plan& plan, int& pidfd) noexcept;

}  // namespace tendril::process::detail
