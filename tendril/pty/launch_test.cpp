#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/audit.hpp>
#include <tendril/pty/testing/launch_fixture.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <csignal>
#include <string>

#include <fcntl.h>

namespace {

using namespace tendril;
using process::testing::test_child;
using pty::job_control;
using pty::testing::launched;

constexpr job_control both[] = {job_control::none, job_control::monitored};

TEST_CASE("P02: a launched program is in the foreground of a terminal of its own")
{
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
    for (auto const jobs : both) {
        launched exiting(test_child({"exit", "7"}), jobs);
        CHECK(exiting.wait() == process::exit_status::exited(7));
        launched dying(test_child({"die", std::to_string(SIGKILL)}), jobs);
        CHECK(dying.wait() == process::exit_status::killed(SIGKILL));
        CHECK(dying.running.process.signal(SIGTERM).error().code == boost::system::errc::no_such_process);
        CHECK(dying.running.process.resume().error().code == boost::system::errc::no_such_process);
    }
}

TEST_CASE("C17: what a program on a terminal has redirected stays redirected, the rest is the terminal")
{
    for (auto const jobs : both) {
        process::command what;
        what.program = "/bin/sh";
        what.arguments = {"-c", "cat; test -t 1 && test -t 2 && echo ' on a terminal'"};
        what.environment = process::environment::inherit();
        what.redirections = {{0, process::contents{"given"}}};
        what.niceness = 3;
        what.joined_group = 1;  // overruled, as the group is
        launched running(what, jobs);
        running.await("given on a terminal");
        CHECK(running.wait().success());
    }
}

TEST_CASE("C02: a launch that fails tells the step, with a monitor and without, and leaves nothing")
{
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
    for (auto const jobs : both) {
        launched running(test_child({"close"}), jobs);
        running.await_end_of_output();
        REQUIRE(running.running.process.signal(SIGTERM).has_value());
        CHECK(running.wait() == process::exit_status::killed(SIGTERM));
    }
}

TEST_CASE("P06: a resize reaches the program")
{
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
    for (auto const jobs : both) {
        launched running(test_child({"linger"}), jobs);
        running.await("ready");
        CHECK(*running.running.master.foreground_group() == running.running.process.pid());
        running.type("\x03");
        CHECK(running.wait() == process::exit_status::killed(SIGINT));
    }
}

TEST_CASE("C14: closing the master hangs the program up, with a monitor and without")
{
    for (auto const jobs : both) {
        launched running(test_child({"linger"}), jobs);
        running.await("ready");
        running.running.master.close();
        CHECK(running.wait() == process::exit_status::killed(SIGHUP));
    }
}

TEST_CASE("P08: a hook sees and refuses what is launched asynchronously, with its whole argv")
{
    std::vector<std::string> seen;
    pty::audit_registration const hook([&](std::span<std::string const> argv) -> error_code {
        seen.assign(argv.begin(), argv.end());
        return make_error_code(boost::system::errc::operation_not_permitted);
    });
    asio::io_context loop;
    for (auto const jobs : {pty::job_control::none, pty::job_control::monitored}) {
        auto what = process::command_of(std::array<std::string, 2>{"true", "argument"});
        auto const refused = pty::launch(loop.get_executor(), what, {.terminal = {}, .jobs = jobs});

        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().at == process::step::audit);
        CHECK(seen == std::vector<std::string>{"true", "argument"});
        seen.clear();
    }
}

}  // namespace
