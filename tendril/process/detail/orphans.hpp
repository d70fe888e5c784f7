#pragma once

/// @file
/// Killed children whose owner is gone before the kernel was done with them.
/// Layer: process (base, io). Spec: row C14; proc(5) state D, in which a kill has to wait.

#include <tendril/base/unique_fd.hpp>

namespace tendril::process::detail {

/// Reaps the killed child behind @p pidfd, now when that takes at most 0.2 s, else at a later reap_orphans().
/// Threads: safe from any thread.
void reap_soon(base::unique_fd pidfd);

/// Reaps whoever has ended meanwhile. Threads: safe from any thread. Cost: one lock when there are none.
void reap_orphans();

}  // namespace tendril::process::detail
