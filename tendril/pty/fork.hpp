#pragma once

/// @file
/// Fork onto a terminal, for programs that go on in the child themselves.
/// Layer: pty (base, io, process). Spec: fork(2), forkpty(3); row P02.

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/pty/pair.hpp>

#include <sys/types.h>

namespace tendril::pty {

/// What fork() returns in the parent: the child's pid and the master; in the child: 0 and no master.
struct forked {
    pid_t pid = 0;
    base::unique_fd master;
};

/// Forks; the child leads a new session with the slave as controlling terminal and descriptors 0, 1 and 2.
///
/// Ownership: the caller reaps the child. Closing the master hangs it up (SIGHUP).
/// Threads:   in a program with threads the child may only call async-signal-safe functions, as after
/// fork(2). Errors:    the errno of the call that failed. A child that cannot take its terminal exits with
/// code 126.
[[nodiscard]] result<forked> fork(pair_options const& options = {});

}  // namespace tendril::pty
