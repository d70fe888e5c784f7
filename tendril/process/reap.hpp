#pragma once

/// @file
/// Taking the status of one child by its pidfd, for those who do not use `child`.
/// Layer: process (base, io). Spec: waitid(2) P_PIDFD; row C14.

#include <tendril/process/ending.hpp>
#include <tendril/process/exit_status.hpp>

#include <sys/resource.h>

#include <boost/system/error_code.hpp>

namespace tendril::process {

/// What the kernel's account says. Only arithmetic.
[[nodiscard]] resource_usage usage_of(::rusage const& account) noexcept;

/// What an attempt to reap found out.
struct reaping {
    bool over = false;
    exit_status status;
    resource_usage usage;
    boost::system::error_code lost;  ///< errc::status_lost when it is over and the status is not ours
};

/// Reaps the child behind @p pidfd if it has ended. Never blocks.
[[nodiscard]] reaping try_reap(int pidfd) noexcept;

/// True when the child behind @p pidfd has ended; it stays to be reaped. Never blocks.
[[nodiscard]] bool has_ended(int pidfd) noexcept;

/// Reaps a child that has ended or is about to, without a look at its status. Only system calls.
void reap_ended(int pidfd) noexcept;

}  // namespace tendril::process
