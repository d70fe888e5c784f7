#pragma once

/// @file
/// Notices that our own terminal changed its size. Layer: pty (base, io, process). Spec: SIGWINCH; row P06.

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>

namespace tendril::pty::detail {

/// Handles SIGWINCH while it lives: a descriptor becomes readable. An earlier handler is still called, and is
/// put back. One at a time in a process.
class resize_watch {
public:
    [[nodiscard]] static result<resize_watch> start();
    resize_watch(resize_watch&&) noexcept;
    resize_watch& operator=(resize_watch&&) = delete;
    ~resize_watch();

    /// What to poll for reading.
    [[nodiscard]] int descriptor() const noexcept { return event_.get(); }

    /// Forgets the signals seen so far.
    void acknowledge() noexcept;

private:
    explicit resize_watch(base::unique_fd event) noexcept;

    base::unique_fd event_;
};

}  // namespace tendril::pty::detail
