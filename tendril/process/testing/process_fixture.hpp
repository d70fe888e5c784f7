#pragma once

/// @file
/// What tests with real processes share: pipes, output as text.
/// Layer: process (base, io); for tests.

#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>

#include <array>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <doctest/doctest.h>

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

/// Everything that comes out of @p fd until its end.
inline std::string read_all(int fd)
{
    auto text = base::read_to_end(fd, "the child's output", 64 * 1024 * 1024);
    REQUIRE(text.has_value());
    return *text;
}

}  // namespace tendril::process::testing
