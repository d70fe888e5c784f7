#include <tendril/session/testing/driven_session.hpp>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::testing::hosted_session;

process::stop_policy hurried()
{
    return {.steps = {{SIGHUP, 20ms}, {SIGTERM, 20ms}, {SIGKILL}}, .whom = process::audience::group};
}

/// False for a process that is gone, and for one that waits to be reaped by whoever adopted it.
bool is_running(pid_t which)
{
    std::ifstream file("/proc/" + std::to_string(which) + "/stat");
    std::string line;
    std::getline(file, line);
    auto const behind_name = line.rfind(") ");
    return behind_name != line.npos && line[behind_name + 2] != 'Z';
}

TEST_CASE("M04: keys that the program has not read when it ends go with it: nobody waits for room for them")
{
    hosted_session hosted("stty raw -echo; echo ready; exec sleep 1000");
    REQUIRE(hosted.run_until_shown("ready"));
    REQUIRE_FALSE(hosted.program->write(base::bytes_of(std::string(500'000, 'x'))));

    REQUIRE(hosted.program->signal_group(SIGKILL).has_value());
    REQUIRE(hosted.run_to_exit());

    bool at_rest = false;
    for (int turn = 0; turn < 10'000 && !at_rest; ++turn) {
        hosted.loop.restart();
        at_rest = hosted.loop.poll_one() == 0;
    }
    CHECK(at_rest);
    CHECK(hosted.program->write(base::bytes_of("more")) == boost::system::errc::not_connected);
}

TEST_CASE("M09: the ladder goes from hang-up to kill, and whoever ignores a rung meets the next")
{
    struct {
        char const* ignored;
        int expected;
    } const cases[] = {{"", SIGHUP}, {"HUP", SIGTERM}, {"HUP TERM", SIGKILL}};
    for (auto const& one : cases) {
        CAPTURE(one.ignored);
        hosted_session hosted(std::string("trap '' ") + one.ignored +
                              "; echo ready; while :; do sleep 1000; done");
        REQUIRE(hosted.run_until_shown("ready"));

        REQUIRE(hosted.program->terminate(hurried()));
        REQUIRE(hosted.program->terminate(hurried()));
        REQUIRE(hosted.run_to_exit());

        CHECK(hosted.status->signal() == one.expected);
        CHECK_FALSE(hosted.program->alive());
        CHECK_FALSE(hosted.program->terminate().has_value());
    }
}

TEST_CASE("M09: the whole group goes, not only its leader")
{
    hosted_session hosted("(trap '' HUP TERM; echo pid $(sh -c 'echo $PPID').; exec sleep 1000) & "
                          "trap 'exit 3' HUP; echo ready; while :; do sleep 0.01; done");
    REQUIRE(hosted.run_until_shown("ready"));
    REQUIRE(hosted.run_until_shown(".\r\n"));
    auto const at = hosted.output.find("pid ") + 4;
    auto const member = static_cast<pid_t>(std::stol(hosted.output.substr(at)));
    REQUIRE(is_running(member));

    REQUIRE(hosted.program->terminate());
    REQUIRE(hosted.run_to_exit());

    CHECK(hosted.status->shell_code() == 3);
    CHECK(hosted.run_until([&] {  // the kernel may be a moment late
        asio::post(hosted.loop, [] {});
        return !is_running(member);
    }));
}

TEST_CASE("M09: exit callbacks are called once, what still waits is given up, late ones hear of it too")
{
    hosted_session hosted("echo ready; read line");
    int exits = 0;
    std::vector<expect::lapse> lapses;
    hosted.program->on_exit([&](auto) { ++exits; });
    expect::options how{.from = expect::source::stream, .deadline = std::chrono::steady_clock::now() + 1h};
    how.on_lapse = [&](expect::lapse why) { lapses.push_back(why); };
    hosted.program->expect({*expect::pattern::exact("never")}, [](auto const&) {}, how);
    REQUIRE(hosted.run_until_shown("ready"));

    REQUIRE(hosted.program->terminate(hurried()));
    REQUIRE(hosted.run_to_exit());
    hosted.loop.run_for(1ms);
    CHECK(exits == 1);
    CHECK(lapses == std::vector{expect::lapse::ended});

    bool late = false;
    hosted.program->on_exit(
        [&](process::exit_status how_it_ended) { late = how_it_ended == *hosted.status; });
    CHECK(hosted.run_until([&] { return late; }));
    CHECK(exits == 1);
}

TEST_CASE("M09: a session that nobody reads from ends too")
{
    session::testing::patient_loop loop;
    auto program = session::testing::started(loop.loop, session::testing::shell("yes"));
    bool ended = false;
    program.on_exit([&](auto) { ended = true; });

    REQUIRE(program.terminate(hurried()));

    CHECK(loop.run_until([&] { return ended; }));
}

TEST_CASE("M09: a hung-up session gives its patterns up and reports the end of a program that obeys")
{
    hosted_session hosted("echo ready; read line");
    REQUIRE(hosted.run_until_shown("ready"));

    hosted.program->hang_up();

    REQUIRE(hosted.run_to_exit());
    CHECK(hosted.status->signal() == SIGHUP);
}

TEST_CASE("M03, M11: a session says whether it lives, what it is and since when")
{
    auto how = session::testing::shell("echo ready; read line; exit 3");
    how.id = "7";
    hosted_session hosted(std::move(how));
    CHECK(hosted.program->alive());
    auto const said = hosted.program->describe();
    CHECK(said.starts_with("session 7 \"sh -c 'echo ready; read line; exit 3'\" alive, started 20"));
    CHECK(said.ends_with("Z"));

    REQUIRE_FALSE(hosted.program->write_line(""));
    REQUIRE(hosted.run_to_exit());

    CHECK_FALSE(hosted.program->alive());
    CHECK(hosted.program->describe().find("\" ended (status 3), started 20") != std::string::npos);
}

TEST_CASE("M03: a program that dies is not alive any more although nobody reads")
{
    session::testing::patient_loop loop;
    auto program = session::testing::started(loop.loop, session::testing::shell("echo text"));

    CHECK(loop.run_until([&] { return !program.alive(); }));
}

}  // namespace
