#pragma once

/// @file
/// What tests with real processes share: pipes, output as text, and a check that nothing leaked.
/// Layer: process (base, io); for tests.

#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace tendril::process::testing {

/// How many descriptors this process has open.
inline int open_descriptors()
{
    int count = 0;
    DIR* const listing = ::opendir("/proc/self/fd");
    while (::readdir(listing))
        ++count;
    ::closedir(listing);
    return count;
}

/// Place it first in a test: at the end every descriptor and every child is gone that came up meanwhile.
class leak_check {
public:
    leak_check() : before_(open_descriptors()) {}
    leak_check(leak_check const&) = delete;
    leak_check& operator=(leak_check const&) = delete;
    ~leak_check()
    {
        CHECK(open_descriptors() == before_);
        CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
        CHECK(errno == ECHILD);
    }

private:
    int before_;
};

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
