#pragma once

/// @file
/// A pseudo-terminal pair: the master we read and write, the slave a program is given.
/// Layer: pty (base, io, process). Spec: POSIX.1-2024 posix_openpt; pty(7), ioctl_tty(2) TIOCGPTPEER; row
/// P01.

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/pty/window_size.hpp>

#include <optional>
#include <string>

#include <termios.h>

namespace tendril::pty {

/// Both ends of a pseudo-terminal, close-on-exec, blocking.
struct pair {
    base::unique_fd master;
    base::unique_fd slave;   ///< close it once the program has it, or the master never ends
    std::string slave_path;  ///< /dev/pts/N, valid in the mount namespace that opened it
};

/// What a fresh terminal starts with; without attributes, what the kernel gives: canonical with echo.
struct pair_options {
    window_size size = {};
    std::optional<::termios> attributes = {};
};

/// Opens a pair. Errors: the errno of the call that failed and its name (ENOSPC at the limit of ptys).
[[nodiscard]] result<pair> open(pair_options const& options = {});

}  // namespace tendril::pty
