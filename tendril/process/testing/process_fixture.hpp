#pragma once

/// @file
/// What tests with real processes share: pipes, output as text, statuses in messages.
/// Layer: process (base, io); for tests.

#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/process/exit_status.hpp>

#include <array>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace tendril::process {

/// How a failed assertion shows a status.
inline doctest::String toString(exit_status const& of)
{
    return of.description().c_str();
}

}  // namespace tendril::process

namespace tendril::process::testing {

struct pipe_ends {
    base::unique_fd reader;
    base::unique_fd writer;
};

inline pipe_ends make_pipe()
{
    std::array<int, 2> raw{};
    REQUIRE(::pipe2(raw.data(), O_CLOEXEC) == 0);
    return {base::unique_fd(raw[0]), base::unique_fd(raw[1])};
}

/// What the test child's `write-bytes` writes: a pattern that shows a lost or swapped byte.
inline std::string pattern_of(std::size_t size)
{
    std::string text;
    for (unsigned line = 0; text.size() < size; ++line)
        text += std::to_string(line % 100000) + ' ';
    text.resize(size);
    return text;
}

/// Everything that comes out of @p fd until its end.
inline std::string read_all(int fd)
{
    auto text = base::read_to_end(fd, "the child's output", 64 * 1024 * 1024);
    REQUIRE(text.has_value());
    return *text;
}

}  // namespace tendril::process::testing
