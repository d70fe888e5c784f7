#pragma once

/// @file
/// read(2) that knows how a pseudo-terminal ends. Layer: io (base). Spec: read(2), pty(7); row C04.

#include <tendril/base/error.hpp>

#include <cerrno>
#include <cstddef>
#include <span>

#include <sys/types.h>

namespace tendril::io {

/// Calls @p read, a read(2), and calls it again when it says EIO.
///
/// A master whose last slave descriptor is closed gives EIO once it is empty. Linux looks for bytes first and
/// for the close afterwards: a program that writes and exits between the two looks gives an EIO ahead of its
/// last bytes. The close has been seen by then, so the second answer is final.
template <typename Read>
ssize_t read_past_early_end(Read read) noexcept(noexcept(read()))
{
    auto const count = read();
    return count < 0 && errno == EIO ? read() : count;
}

/// Reads what @p fd has now.
///
/// Errors: would_block when there is nothing (never with a blocking descriptor); asio::error::eof at the end,
///         which a master says as EIO on Linux and as 0 on BSD; the errno of read(2). EINTR is retried.
[[nodiscard]] std::size_t read_now(int fd, std::span<std::byte> into, error_code& why) noexcept;

}  // namespace tendril::io
