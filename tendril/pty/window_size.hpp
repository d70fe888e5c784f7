#pragma once

/// @file
/// How large a terminal is. Layer: pty (base, io, process). Spec: ioctl_tty(2) TIOCGWINSZ, TIOCSWINSZ; row
/// P06.

#include <tendril/base/error.hpp>

#include <cstdint>

namespace tendril::pty {

/// A window size as TIOCSWINSZ takes it. The kernel sends SIGWINCH only when it really changes.
struct window_size {
    std::uint16_t columns = 80;  ///< cells
    std::uint16_t rows = 24;     ///< cells
    std::uint16_t width = 0;     ///< pixels; 0 means unknown
    std::uint16_t height = 0;    ///< pixels; 0 means unknown
    bool operator==(window_size const&) const = default;
};

/// The size of the terminal behind @p fd, master or slave. Errors: ENOTTY when it is no terminal.
[[nodiscard]] result<window_size> window_size_of(int fd);

/// Gives the terminal behind @p fd a size and tells its foreground group. Never blocks. Errors: ENOTTY.
[[nodiscard]] result<void> set_window_size(int fd, window_size size);

}  // namespace tendril::pty
