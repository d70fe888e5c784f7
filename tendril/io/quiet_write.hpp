#pragma once

/// @file
/// writev(2) without its signal: a library may not ask every program to ignore SIGPIPE.
/// Layer: io (base). Spec: pipe(7) "SIGPIPE"; sigtimedwait(2); POSIX.1-2024 XSH 2.4.1.

#include <tendril/base/error.hpp>

#include <cstddef>
#include <span>

#include <sys/uio.h>

namespace tendril::io {

/// Writes what @p fd takes now of @p vectors. A SIGPIPE of ours is consumed, one that was pending already
/// stays.
///
/// Errors: the errno of writev(2): EAGAIN when nothing goes out, EPIPE when nobody reads. EINTR is retried.
/// Cost:   two pthread_sigmask calls more than writev(2), under a microsecond.
[[nodiscard]] std::size_t quiet_write(int fd, std::span<::iovec const> vectors, error_code& why) noexcept;

}  // namespace tendril::io
