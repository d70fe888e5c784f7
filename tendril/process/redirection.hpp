#pragma once

/// @file
/// Descriptors of a program that are made of files, of bytes, or of another of its descriptors.
/// Layer: process (base, io). Spec: POSIX.1-2024 XCU 2.7 "Redirection"; memfd_create(2); row C17.

#include <string>
#include <variant>

namespace tendril::process {

/// Reads the file at `path`, as `< path` does.
struct file_to_read {
    std::string path;
};

/// Writes to the file at `path`, emptied or created first, as `> path` does.
struct file_to_replace {
    std::string path;
};

/// Writes to the end of the file at `path`, created when it is missing, as `>> path` does.
struct file_to_append {
    std::string path;
};

/// Reads nothing and swallows everything.
struct null_device {};

/// Reads these bytes, however many, and then the end; nobody has to feed them in. They live in memory
/// (memfd) and cannot be changed by the program.
struct contents {
    std::string bytes;
};

/// The same open file as another descriptor of the program: `{2, duplicate_of{1}}` is `2>&1`.
struct duplicate_of {
    int descriptor;  ///< a number of the program
};

/// One descriptor of the program and what it is made of. It replaces what the descriptor map says for that
/// number. Files are opened by us, with our rights, our umask and relative to our directory, before the
/// program exists; opening a FIFO waits for its other end.
struct redirection {
    int child;  ///< the number the program sees
    std::variant<null_device, file_to_read, file_to_replace, file_to_append, contents, duplicate_of> source;
};

}  // namespace tendril::process
