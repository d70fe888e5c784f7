#pragma once

/// @file
/// The owner of a file descriptor. Layer: base. Spec: close(2), "Dealing with error returns".

#include <utility>

#include <unistd.h>

namespace tendril::base {

/// Owns at most one descriptor and closes it. Raw ints appear only next to system calls.
class unique_fd {
public:
    unique_fd() noexcept = default;
    explicit unique_fd(int fd) noexcept : fd_(fd) {}
    unique_fd(unique_fd&& other) noexcept : fd_(other.release()) {}
    unique_fd& operator=(unique_fd&& other) noexcept
    {
        reset(other.release());
        return *this;
    }
    ~unique_fd() { reset(); }

    /// Closes what is owned, and owns @p fd instead.
    void reset(int fd = -1) noexcept
    {
        // Linux releases the descriptor even when close() says EINTR: never retry.
        if (auto const old = std::exchange(fd_, fd); old >= 0)
            ::close(old);
    }

    /// The descriptor, or -1. Lifetime: until reset, release or destruction.
    [[nodiscard]] int get() const noexcept { return fd_; }

    /// Gives the descriptor away; the caller owns it now.
    [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

    /// True when a descriptor is owned.
    explicit operator bool() const noexcept { return fd_ >= 0; }

private:
    int fd_ = -1;
};

}  // namespace tendril::base
