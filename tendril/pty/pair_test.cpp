#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/pty/fork.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

TEST_CASE("P01: both ends of a fresh terminal are terminals, close-on-exec, with a path")
{
    auto const opened = pty::open();
    REQUIRE(opened.has_value());

    struct stat slave{};
    struct stat path{};
    CHECK(::isatty(opened->master.get()) == 1);
    CHECK(::isatty(opened->slave.get()) == 1);
    CHECK(::fcntl(opened->master.get(), F_GETFD) == FD_CLOEXEC);
    CHECK(::fcntl(opened->slave.get(), F_GETFD) == FD_CLOEXEC);
    REQUIRE(::fstat(opened->slave.get(), &slave) == 0);
    REQUIRE(::stat(opened->slave_path.c_str(), &path) == 0);
    CHECK(slave.st_rdev == path.st_rdev);
}

TEST_CASE("P01: what is written to one end is read from the other")
{
    auto const opened = pty::open();
    std::array<char, 64> got{};

    REQUIRE(::write(opened->slave.get(), "I wish to buy a fish license.\n", 30) == 30);
    CHECK(
        std::string(got.data(), static_cast<size_t>(::read(opened->master.get(), got.data(), got.size()))) ==
        "I wish to buy a fish license.\r\n");

    REQUIRE(::write(opened->master.get(), "For my pet fish, Eric.\n", 23) == 23);
    CHECK(std::string(got.data(), static_cast<size_t>(::read(opened->slave.get(), got.data(), got.size()))) ==
          "For my pet fish, Eric.\n");
}

TEST_CASE("P01: the size and the attributes are there before anybody looks")
{
    auto const plain = pty::open();
    auto const wanted = pty::without_echo(*pty::attributes_of(plain->slave.get()));
    pty::window_size const size{132, 43, 1320, 860};

    auto const opened = pty::open({.size = size, .attributes = wanted});

    REQUIRE(opened.has_value());
    CHECK(*pty::window_size_of(opened->slave.get()) == size);
    CHECK((pty::attributes_of(opened->slave.get())->c_lflag & ECHO) == 0);
}

TEST_CASE("P01: an open that fails names the call and leaves nothing open")
{
    ::rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    // The listing of open descriptors itself needs one, so the next free number tells what is left.
    int const next = ::dup(0);
    ::close(next);
    ::rlimit const tight{static_cast<rlim_t>(next) + 1, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &tight);
    auto const opened = pty::open();
    ::setrlimit(RLIMIT_NOFILE, &before);

    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().message() == "cannot open a terminal: TIOCGPTPEER: Too many open files");
}

TEST_CASE("P06: the size is read and set on either end, pixels included")
{
    auto const opened = pty::open();
    pty::window_size const size{100, 30, 800, 600};

    REQUIRE(pty::set_window_size(opened->slave.get(), size).has_value());
    CHECK(*pty::window_size_of(opened->master.get()) == size);
    CHECK(pty::window_size_of(0x7fff).error().code == boost::system::errc::bad_file_descriptor);
}

/// What the forked child says about itself, or the first thing that is wrong.
char const* forked_child_verdict(pty::forked const& self)
{
    if (self.pid != 0 || self.master)
        return "not the child's side";
    if (::getsid(0) != ::getpid())
        return "no session leader";
    for (int fd = 0; fd <= 2; ++fd)
        if (::isatty(fd) != 1)
            return "a standard descriptor is no terminal";
    if (::tcgetsid(0) != ::getpid())
        return "no controlling terminal";
    if (::open("/dev/tty", O_RDWR) < 0)
        return "/dev/tty does not open";
    return "all is well";
}

TEST_CASE("P02: a forked child leads a session on its terminal and has it as 0, 1 and 2")
{
    std::cout.flush();  // or the child, which has a copy of the buffer, might
    std::fflush(stdout);
    auto forked = pty::fork({.size = {90, 20}});
    REQUIRE(forked.has_value());
    if (forked->pid == 0) {
        auto const* const verdict = forked_child_verdict(*forked);
        if (::dprintf(1, "%s\n", verdict) < 0)
            ::_exit(1);
        ::_exit(7);
    }
    CHECK(pty::window_size_of(forked->master.get())->columns == 90);

    std::array<char, 256> got{};
    std::string text;
    for (ssize_t count = 0; (count = ::read(forked->master.get(), got.data(), got.size())) > 0;)
        text.append(got.data(), static_cast<size_t>(count));
    int status = 0;
    REQUIRE(::waitpid(forked->pid, &status, 0) == forked->pid);

    CHECK(text == "all is well\r\n");
    CHECK(WEXITSTATUS(status) == 7);
}

}  // namespace
