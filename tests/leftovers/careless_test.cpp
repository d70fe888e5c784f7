/// @file
/// Test cases that leave something behind, to see that it is noticed. Layer: tests.

#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

TEST_CASE("a descriptor")
{
    CHECK(::open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0);
}

TEST_CASE("a zombie")
{
    auto const child = ::fork();
    if (child == 0)
        ::_exit(0);
    ::siginfo_t ended;
    CHECK(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) == 0);
}

TEST_CASE("an orphan")
{
    auto const child = ::fork();
    if (child == 0) {
        if (::fork() == 0)
            for (;;)
                ::pause();
        ::_exit(0);
    }
    CHECK(::waitpid(child, nullptr, 0) == child);
}

TEST_CASE("nothing")
{
    auto const child = ::fork();
    if (child == 0)
        ::_exit(0);
    CHECK(::waitpid(child, nullptr, 0) == child);
}

}  // namespace
