#include <tendril/process/errc.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include <sys/syscall.h>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;
using process::testing::leak_check;
using process::testing::test_child;
using pty::job_control;
using pty::testing::await_event;
using pty::testing::terminal_fixture;

constexpr std::chrono::seconds deadline{20};

/// A launched program, and what it has written so far.
struct launched {
    explicit launched(process::command what, job_control jobs, pty::pair_options const& terminal = {})
        : running(start(std::move(what), jobs, terminal))
    {
        read_on();
    }

    pty::terminal_child start(process::command what, job_control jobs, pty::pair_options const& terminal)
    {
        auto started =
            pty::launch(loop.get_executor(), std::move(what), {.terminal = terminal, .jobs = jobs});
        REQUIRE(started.has_value());
        return std::move(*started);
    }

    void read_on()
    {
        running.master.async_read_some(buffer, [this](error_code why, std::size_t count) {
            output.append(reinterpret_cast<char const*>(buffer.data()), count);
            end_of_output = why;
            if (!why)
                read_on();
        });
    }

    /// Runs the loop until @p condition holds; a deadline makes that a failure instead of a hang.
    template <typename Condition>
    void run_until(Condition condition)
    {
        auto const limit = std::chrono::steady_clock::now() + deadline;
        CAPTURE(output);
        while (!condition()) {
            REQUIRE(std::chrono::steady_clock::now() < limit);
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
        }
    }

    void await(std::string_view text)
    {
        run_until([&] { return output.find(text) != std::string::npos; });
        output.erase(0, output.find(text) + text.size());
    }

    void type(std::string_view keys)
    {
        bool written = false;
        running.master.async_write_some(base::bytes_of(keys), [&](error_code why, std::size_t count) {
            CHECK_FALSE(why);
            CHECK(count == keys.size());
            written = true;
        });
        run_until([&] { return written; });
    }

    process::exit_status wait()
    {
        std::optional<process::exit_status> ended;
        running.process.async_wait([&](error_code why, process::exit_status status) {
            CHECK_FALSE(why);
            ended = status;
        });
        run_until([&] { return ended.has_value(); });
        return *ended;
    }

    int wait_stop()
    {
        std::optional<int> stopped;
        running.process.async_wait_stop([&](error_code why, int number) {
            CHECK_FALSE(why);
            stopped = number;
        });
        run_until([&] { return stopped.has_value(); });
        return *stopped;
    }

    void await_end_of_output()
    {
        run_until([&] { return static_cast<bool>(end_of_output); });
        CHECK(end_of_output == error_code(asio::error::eof));
    }

    asio::io_context loop;
    std::array<std::byte, 8192> buffer;
    std::string output;
    error_code end_of_output;
    pty::terminal_child running;
};

constexpr job_control both[] = {job_control::none, job_control::monitored};

TEST_CASE("P02: a launched program is in the foreground of a terminal of its own")
{
    leak_check const clean;
    {
        launched direct(test_child({"session"}), job_control::none);
        direct.await("session-leader group-leader controlling foreground");
        CHECK(direct.wait().success());
    }
    launched monitored(test_child({"session"}), job_control::monitored);
    monitored.await("session-member group-leader controlling foreground");
    CHECK(monitored.wait().success());
}

TEST_CASE("C05: a launched program's end arrives as what it is")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched exiting(test_child({"exit", "7"}), jobs);
        CHECK(exiting.wait() == process::exit_status::exited(7));
        launched dying(test_child({"die", std::to_string(SIGKILL)}), jobs);
        CHECK(dying.wait() == process::exit_status::killed(SIGKILL));
        CHECK(dying.running.process.signal(SIGTERM).error().code == boost::system::errc::no_such_process);
        CHECK(dying.running.process.resume().error().code == boost::system::errc::no_such_process);
    }
}

TEST_CASE("C02: a launch that fails tells the step, with a monitor and without, and leaves nothing")
{
    leak_check const clean;
    asio::io_context loop;
    for (auto const jobs : both) {
        process::command what;
        what.program = "tendril-no-such-program";
        auto const missing = pty::launch(loop.get_executor(), what, {.jobs = jobs});
        REQUIRE_FALSE(missing.has_value());
        CHECK(missing.error().at == process::step::find_program);
        CHECK(process::shell_code(missing.error()) == 127);

        what = test_child({"exit", "0"});
        what.working_directory = "/nowhere";
        result<pty::terminal_child> const nowhere = pty::launch(loop.get_executor(), what, {.jobs = jobs});
        REQUIRE_FALSE(nowhere.has_value());
        CHECK(nowhere.error().message().ends_with("change directory to /nowhere: No such file or directory"));
    }
}

TEST_CASE("C03: a launched program gets its terminal, the mapped descriptors and nothing else")
{
    leak_check const clean;
    base::unique_fd const leaky(::open("/dev/null", O_RDONLY));  // not close-on-exec
    for (auto const jobs : both) {
        auto what = test_child({"descriptors"});
        what.descriptors.push_back({9, leaky.get()});
        launched running(what, jobs);
        running.await("0 1 2 9 ");
        CHECK(running.wait().success());
    }
}

TEST_CASE("P07: all output is read before the end of file, with a monitor and without")
{
    leak_check const clean;
    for (auto const jobs : both) {
        for (int round = 0; round < 25; ++round) {
            launched running(test_child({"write-bytes", "204800"}), jobs);
            CHECK(running.wait().success());
            running.await_end_of_output();
            CHECK(running.output.size() == 204'800);
        }
    }
}

TEST_CASE("P07: the output ends when the program closes its terminal, although it lives on")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched running(test_child({"close"}), jobs);
        running.await_end_of_output();
        REQUIRE(running.running.process.signal(SIGTERM).has_value());
        CHECK(running.wait() == process::exit_status::killed(SIGTERM));
    }
}

TEST_CASE("P06: a resize reaches the program")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched running(test_child({"await-size"}), jobs, {.size = {80, 24}});
        running.await("ready");
        REQUIRE(running.running.master.resize({132, 50}).has_value());
        CHECK(running.running.master.size()->columns == 132);
        running.await("changed 132x50");
        CHECK(running.wait().success());
    }
}

TEST_CASE("P05: a program that goes raw is seen in the terminal's attributes and gets every key")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched running(test_child({"raw"}), jobs);
        running.await("raw\r\n");
        CHECK((running.running.master.attributes()->c_lflag & ICANON) == 0);
        running.type("\x1a\x03\x1b");
        running.await("<26><3><27>");
        running.type("q");
        CHECK(running.wait().success());
    }
}

TEST_CASE("C08: Ctrl-C on the terminal interrupts the program, not its monitor")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched running(test_child({"linger"}), jobs);
        running.await("ready");
        CHECK(*running.running.master.foreground_group() == running.running.process.pid());
        running.type("\x03");
        CHECK(running.wait() == process::exit_status::killed(SIGINT));
    }
}

TEST_CASE("C08: Ctrl-Z stops a monitored program, resume continues it, as often as one likes")
{
    leak_check const clean;
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
    leak_check const clean;
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
    leak_check const clean;
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
        CHECK(shell.wait() == process::exit_status::exited(5));
    }
}

TEST_CASE("C08: a stop that came before anybody waited is told to the first who does")
{
    leak_check const clean;
    launched running(test_child({"linger"}), job_control::monitored);
    running.await("ready");
    REQUIRE(running.running.process.signal(SIGSTOP).has_value());

    CHECK(running.wait_stop() == SIGSTOP);
    REQUIRE(running.running.process.signal_group(SIGKILL).has_value());
    CHECK(running.wait() == process::exit_status::killed(SIGKILL));
}

TEST_CASE("C08: waiting for a stop ends with an error when there is no monitor, or no program any more")
{
    leak_check const clean;
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
    leak_check const clean;
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
    leak_check const clean;
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

TEST_CASE("C14: closing the master hangs the program up, with a monitor and without")
{
    leak_check const clean;
    for (auto const jobs : both) {
        launched running(test_child({"linger"}), jobs);
        running.await("ready");
        running.running.master.close();
        CHECK(running.wait() == process::exit_status::killed(SIGHUP));
    }
}

TEST_CASE("C14: kill -9 of the parent leaves neither program nor monitor")
{
    leak_check const clean;
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
