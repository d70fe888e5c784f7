#include <tendril/process/errc.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/testing/launch_fixture.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <array>
#include <csignal>
#include <optional>
#include <string>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using namespace tendril;
using process::testing::test_child;
using pty::job_control;
using pty::testing::await_event;
using pty::testing::launched;
using pty::testing::terminal_fixture;

constexpr job_control both[] = {job_control::none, job_control::monitored};

TEST_CASE("C08: Ctrl-Z stops a monitored program, resume continues it, as often as one likes")
{
    launched running(test_child({"copy"}), job_control::monitored);
    for (int round = 0; round < 3; ++round) {
        running.type("\x1a");
        CHECK(running.wait_stop() == SIGTSTP);
        REQUIRE(running.running.process.resume().has_value());
        running.type("again\n");
        running.await("again\r\nagain\r\n");
    }
    running.type("\x04");
    CHECK(running.wait().success());
}

TEST_CASE("C08: vim is stopped with Ctrl-Z, draws itself again when resumed, and quits")
{
    auto what = process::command_of(std::array<std::string, 5>{"vim", "-u", "NONE", "-N", "-i"});
    what.arguments.push_back("NONE");
    what.environment.set("TERM", "xterm");
    launched running(what, job_control::monitored);
    running.await("~");
    running.type("ihello\x1b");
    running.await("hello");

    running.type("\x1a");
    CHECK(running.wait_stop() == SIGTSTP);
    CHECK(pty::is_canonical(*running.running.master.attributes()));
    running.output.clear();
    REQUIRE(running.running.process.resume().has_value());
    running.await("hello");
    running.type(":q!\r");
    CHECK(running.wait().success());
}

TEST_CASE("C08: a shell stops and continues its own jobs, with a monitor and without")
{
    for (auto const jobs : both) {
        auto what = process::command_of(std::array<std::string, 4>{"bash", "--norc", "--noediting", "-i"});
        what.environment.set("PS1", "READY> ");
        launched shell(what, jobs);
        shell.await("READY> ");
        shell.type("cat\n");
        shell.type("one\n");
        shell.await("one\r\none\r\n");
        CHECK(*shell.running.master.foreground_group() != shell.running.process.pid());
        shell.type("\x1a");
        shell.await("Stopped");
        shell.await("READY> ");
        shell.type("fg\n");
        shell.await("cat\r\n");
        shell.type("two\n");
        shell.await("two\r\ntwo\r\n");
        shell.type("\x04");
        shell.await("READY> ");
        shell.type("exit 5\n");
        auto const how = shell.wait();
        CAPTURE(how.description());
        CAPTURE(shell.output);
        CHECK(how == process::exit_status::exited(5));
    }
}

TEST_CASE("C08: a stop that came before anybody waited is told to the first who does")
{
    launched running(test_child({"linger"}), job_control::monitored);
    running.await("ready");
    REQUIRE(running.running.process.signal(SIGSTOP).has_value());

    CHECK(running.wait_stop() == SIGSTOP);
    REQUIRE(running.running.process.signal_group(SIGKILL).has_value());
    CHECK(running.wait() == process::exit_status::killed(SIGKILL));
}

TEST_CASE("C08: waiting for a stop ends with an error when there is no monitor, or no program any more")
{
    std::optional<error_code> why;
    auto const note = [&](error_code got, int) { why = got; };
    launched direct(test_child({"linger"}), job_control::none);
    direct.running.process.async_wait_stop(note);
    CHECK_FALSE(why.has_value());
    direct.run_until([&] { return why.has_value(); });
    CHECK(*why == boost::system::errc::operation_not_supported);

    why.reset();
    launched monitored(test_child({"exit", "0"}), job_control::monitored);
    monitored.running.process.async_wait_stop(note);
    monitored.run_until([&] { return why.has_value(); });
    CHECK(*why == boost::system::errc::no_such_process);
    CHECK(monitored.wait().success());
}

TEST_CASE("C14: a stopped monitored program and its monitor go when the object goes")
{
    std::optional<error_code> why;
    launched running(test_child({"linger"}), job_control::monitored);
    running.await("ready");
    running.type("\x1a");
    CHECK(running.wait_stop() == SIGTSTP);
    auto const pid = running.running.process.pid();
    running.running.process.async_wait([&](error_code got, process::exit_status) { why = got; });
    {
        auto const gone = std::move(running.running.process);
    }
    CHECK(::kill(pid, 0) == -1);
    running.run_until([&] { return why.has_value(); });
    CHECK(*why == error_code(asio::error::operation_aborted));
}

TEST_CASE("C14: a monitor that is killed costs the program its terminal and us its status")
{
    launched running(test_child({"linger"}), job_control::monitored);
    running.await("ready");
    auto const monitor = ::getsid(running.running.process.pid());
    REQUIRE(monitor != running.running.process.pid());
    base::unique_fd const program(
        static_cast<int>(::syscall(SYS_pidfd_open, running.running.process.pid(), 0)));

    ::kill(monitor, SIGKILL);

    std::optional<error_code> why;
    running.running.process.async_wait([&](error_code got, process::exit_status) { why = got; });
    running.run_until([&] { return why.has_value(); });
    CHECK(*why == error_code(process::errc::status_lost));
    CHECK(await_event(program.get(), POLLIN));
    running.await_end_of_output();
}

TEST_CASE("C14: kill -9 of the parent leaves neither program nor monitor")
{
    terminal_fixture user(test_child({"launch", TENDRIL_TEST_CHILD, "linger"}));
    user.await("pid ");
    auto const pid = std::stoi(user.await("\r\n"));
    base::unique_fd const program(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    base::unique_fd const monitor(static_cast<int>(::syscall(SYS_pidfd_open, ::getsid(pid), 0)));
    REQUIRE(program);
    REQUIRE(monitor);

    ::kill(user.program.pid, SIGKILL);

    CHECK(user.wait() == process::exit_status::killed(SIGKILL));
    CHECK(await_event(program.get(), POLLIN));
    CHECK(await_event(monitor.get(), POLLIN));
}

}  // namespace
