#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <csignal>
#include <string>
#include <utility>

#include <sys/wait.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using process::testing::test_child;
using pty::testing::terminal_fixture;

bool is_raw(terminal_fixture const& user)
{
    return (user.attributes().c_lflag & (ICANON | ECHO | ISIG)) == 0;
}

struct own_terminal {
    pty::pair ends = std::move(*pty::open());
    ::termios now() const { return *pty::attributes_of(ends.slave.get()); }
    bool raw() const { return (now().c_lflag & ICANON) == 0; }
};

TEST_CASE("P05: a terminal is raw while the object lives, suspended or not, and given back after")
{
    own_terminal const terminal;
    {
        auto raw = pty::raw_terminal::enter(terminal.ends.slave.get());
        REQUIRE(raw.has_value());
        CHECK(terminal.raw());
        CHECK(pty::is_canonical(raw->found()));
        REQUIRE(raw->suspend().has_value());
        CHECK_FALSE(terminal.raw());
        REQUIRE(raw->resume().has_value());
        auto const moved = std::move(*raw);
        CHECK(terminal.raw());
    }
    CHECK_FALSE(terminal.raw());
}

TEST_CASE("P05: what changed while the terminal was lent is what is given back in the end")
{
    own_terminal const terminal;
    {
        auto raw = pty::raw_terminal::enter(terminal.ends.slave.get());
        REQUIRE(raw->suspend().has_value());
        REQUIRE(
            pty::set_attributes(terminal.ends.slave.get(), pty::without_echo(terminal.now())).has_value());
        REQUIRE(raw->resume().has_value());
    }
    CHECK((terminal.now().c_lflag & ICANON) != 0);
    CHECK((terminal.now().c_lflag & ECHO) == 0);
}

TEST_CASE("P05: what is no terminal is refused, and signal dispositions are as before")
{
    auto const ends = process::testing::make_pipe();
    CHECK(pty::raw_terminal::enter(ends.reader.get()).error().code ==
          boost::system::errc::inappropriate_io_control_operation);
    {
        own_terminal const terminal;
        auto const raw = pty::raw_terminal::enter(terminal.ends.slave.get());
        struct sigaction during{};
        ::sigaction(SIGHUP, nullptr, &during);
        CHECK((during.sa_flags & SA_SIGINFO) != 0);
    }
    struct sigaction after{};
    ::sigaction(SIGHUP, nullptr, &after);
    CHECK((after.sa_handler == SIG_DFL));
}

TEST_CASE("P05: a handler that the program has of its own is left in place")
{
    own_terminal const terminal;
    auto const before = ::signal(SIGTERM, SIG_IGN);
    {
        auto const raw = pty::raw_terminal::enter(terminal.ends.slave.get());
        struct sigaction during{};
        ::sigaction(SIGTERM, nullptr, &during);
        CHECK((during.sa_handler == SIG_IGN));
    }
    ::signal(SIGTERM, before);
}

TEST_CASE("P05: the terminal is given back before a signal or a crash ends the program")
{
    for (int const number :
         {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
        CAPTURE(number);
        terminal_fixture user(test_child({"raw-die", std::to_string(number)}));

        auto const status = user.wait();

        CHECK_FALSE(status.success());
        CHECK(status.code() != 99);
        CHECK(user.is_as_found());
    }
}

TEST_CASE("P05: a terminal held twice is given back as it was before the first")
{
    for (int const number : {SIGTERM, SIGSEGV}) {
        CAPTURE(number);
        terminal_fixture user(test_child({"raw-die-twice", std::to_string(number)}));

        CHECK_FALSE(user.wait().success());
        CHECK(user.is_as_found());
    }
}

TEST_CASE("P05: Ctrl-C can stay the terminal's to turn into a signal")
{
    own_terminal const terminal;
    {
        auto const raw = pty::raw_terminal::enter(terminal.ends.slave.get(), pty::output_handling::raw,
                                                  pty::interrupt_key::signal);
        REQUIRE(raw.has_value());
        CHECK(terminal.raw());
        CHECK((terminal.now().c_lflag & ISIG) != 0);
        CHECK((terminal.now().c_oflag & OPOST) == 0);
    }
    CHECK_FALSE(terminal.raw());
}

TEST_CASE("P05: exit() gives the terminal back, although it skips destructors")
{
    terminal_fixture user(test_child({"raw-hold"}));
    user.await("held\r\n");
    CHECK(is_raw(user));

    user.type("x");

    CHECK(user.wait().success());
    CHECK(user.is_as_found());
}

TEST_CASE("P05: the terminal is the shell's while SIGTSTP has us stopped, and raw again after SIGCONT")
{
    // A shell with job control, so that the program's group is not orphaned and can be stopped.
    process::command shell;
    shell.program = "/bin/sh";
    shell.arguments = {"-c", "set -m; " TENDRIL_TEST_CHILD
                             " raw-hold; echo stopped by $?; read answer; fg >/dev/null; echo ended"};
    shell.environment = process::environment::inherit();
    terminal_fixture user(shell);
    user.await("held\r\n");
    CHECK(is_raw(user));
    auto const program = ::tcgetpgrp(user.terminal.master.get());
    REQUIRE(program > 0);

    ::kill(program, SIGTSTP);
    user.await("stopped by 148");
    CHECK((user.attributes().c_lflag & ICANON) != 0);
    user.type("\n");

    // "s" is a command of the program only once it reads raw again.
    user.type("s");
    user.await("suspended");
    user.type("r\n");
    user.await("resumed");
    CHECK(is_raw(user));
    user.type("q");
    user.await("ended");
    CHECK(user.wait().success());
    CHECK(user.is_as_found());
}

}  // namespace
