#pragma once

/// @file
/// How each descriptor of a program is connected: to a pipe whose other end is ours, or to one of ours.
/// Layer: process (base, io). Spec: parity row C03; pipe(7).

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>

#include <expected>
#include <map>
#include <vector>

namespace tendril::process {

/// The far end of one descriptor of the program.
class connection {
public:
    enum class kind {
        read,     ///< a pipe: we read what the program writes
        write,    ///< a pipe: we write what the program reads
        inherit,  ///< a descriptor of ours, which stays open and is not owned
    };

    [[nodiscard]] static constexpr connection read() noexcept { return {kind::read, -1}; }
    [[nodiscard]] static constexpr connection write() noexcept { return {kind::write, -1}; }
    [[nodiscard]] static constexpr connection inherit(int fd) noexcept { return {kind::inherit, fd}; }

    [[nodiscard]] constexpr kind what() const noexcept { return what_; }

    /// The inherited descriptor's number on our side; -1 for a pipe.
    [[nodiscard]] constexpr int fd() const noexcept { return fd_; }

private:
    constexpr connection(kind what, int fd) noexcept : what_(what), fd_(fd) {}

    kind what_;
    int fd_;
};

/// Every descriptor the program gets, by the number it sees; all others are closed.
using descriptor_map = std::map<int, connection>;

/// What a program usually gets: we write its 0 and read its 1 and 2.
[[nodiscard]] descriptor_map standard_pipes();

/// Our end of one pipe.
struct pipe_end {
    int fd;  ///< the program's number
    connection::kind what;
    base::unique_fd ours;  ///< close-on-exec, blocking
};

/// The pipes of a map, opened.
struct opened_pipes {
    std::vector<descriptor_mapping> mappings;  ///< for command::descriptors
    std::vector<pipe_end> ends;
    std::vector<base::unique_fd> theirs;  ///< close them once the program runs, or no pipe ever ends
};

/// Opens the pipes of @p map. Errors: step::descriptors with the errno of pipe2, or bad_file_descriptor for
/// a negative number. @p subject is the program, for the message.
[[nodiscard]] std::expected<opened_pipes, spawn_error> open_pipes(descriptor_map const& map,
                                                                  std::string_view subject);

}  // namespace tendril::process
