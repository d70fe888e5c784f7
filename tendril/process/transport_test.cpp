#include <tendril/process/errc.hpp>
#include <tendril/process/signal_name.hpp>
#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/process/transport.hpp>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include <sys/wait.h>

#include <boost/asio/error.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

command shell_script(std::string const& script)
{
    return shell(script, TENDRIL_TEST_CHILD);
}

bool exists(pid_t pid)
{
    return ::kill(pid, 0) == 0;
}

TEST_CASE("C04: no event comes before spawn has returned, and connected is the first")
{
    recorded run(test_child({"exit", "3"}));
    REQUIRE(run.record.events.empty());

    CHECK(run.run_to_end() == exit_status::exited(3));
    CHECK(run.record.count("closed 0") == 1);
    CHECK(run.record.count("closed 1") == 1);
    CHECK(run.record.count("closed 2") == 1);
}

TEST_CASE("C04: exited comes without waiting for output, ended after the last of it")
{
    // The job in the background holds the pipes and writes only when it is told that its parent has exited.
    recorded run(shell_script("{ read go <&3; echo late; } & exit 4"),
                 {{1, connection::read()}, {3, connection::write()}});
    run.record.on_exited = [&] { CHECK(run.program->write(3, base::bytes_of("go\n")).has_value()); };

    CHECK(run.run_to_end() == exit_status::exited(4));

    CHECK(run.record.text[1] == "late\n");
    auto const at = [&](char const* event) { return std::ranges::find(run.record.events, event); };
    CHECK(at("exited") < at("data 1"));
    CHECK(at("data 1") < at("closed 1"));
}

TEST_CASE("C04: a program that closes its descriptors and lives on is told as closed, not as ended")
{
    recorded run(test_child({"close"}));

    run.run_until([&] {
        return run.record.count("closed 0") + run.record.count("closed 1") + run.record.count("closed 2") ==
               3;
    });
    CHECK_FALSE(run.record.exit.has_value());
    CHECK(run.program->why_closed(0) == boost::system::errc::broken_pipe);
    CHECK(run.program->why_closed(1) == error_code(asio::error::eof));

    CHECK(run.program->signal(SIGKILL).has_value());
    CHECK(run.run_to_end() == exit_status::killed(SIGKILL));
}

TEST_CASE("C04: a background job that holds a pipe does not delay the end beyond the patience")
{
    recorded run(shell_script("$CHILD linger & echo $! >&2"), standard_pipes(),
                 {.drain_patience = std::chrono::milliseconds(50)});

    CHECK(run.run_to_end().success());

    CHECK(run.program->why_closed(1) == error_code(asio::error::timed_out));
    CHECK(::kill(std::stoi(run.record.text[2]), SIGKILL) == 0);
}

TEST_CASE("C04: 1 MiB written by a program that exits at once is complete, every time")
{
    auto const expected = pattern_of(1024 * 1024);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        recorded run(test_child({"write-bytes", "1048576"}));
        CHECK(run.run_to_end().success());
        REQUIRE((run.record.text[1] == expected));  // double brackets: a failure does not print a megabyte
    }
}

TEST_CASE("C04: an exception in any event reaches whoever runs the loop, and every other event still comes")
{
    for (std::string const where : {"connected", "data", "closed", "exited", "ended"}) {
        CAPTURE(where);
        recorded run(test_child({"copy"}));
        auto fail_in = [&](std::string const& event) {
            if (event == where)
                throw std::runtime_error("thrown in " + event);
        };
        CHECK(run.program->write("text").has_value());
        CHECK(run.program->close_stdin().has_value());
        run.record.on_connected = [&](transport&) { fail_in("connected"); };
        run.record.on_data = [&](int) { fail_in("data"); };
        run.record.on_closed = [&](int fd) { fail_in(fd == 2 ? "closed" : ""); };
        run.record.on_exited = [&] { fail_in("exited"); };
        run.record.on_ended = [&] { fail_in("ended"); };

        int thrown = 0;
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!run.record.end.has_value()) {
            REQUIRE(std::chrono::steady_clock::now() < limit);
            try {
                run.loop.restart();
                run.loop.run_one_for(std::chrono::milliseconds(100));
            } catch (std::runtime_error const& failed) {
                CHECK(failed.what() == "thrown in " + where);
                ++thrown;
            }
        }
        CHECK(thrown == 1);
        CHECK(run.record.text[1] == "text");
        CHECK(run.run_to_end().success());
    }
}

TEST_CASE("C04: the transport may be destroyed in any event, and nothing is told after that")
{
    for (std::string const where : {"connected", "data", "closed", "exited", "ended"}) {
        CAPTURE(where);
        recorded run(test_child({"copy"}));
        CHECK(run.program->write("text").has_value());
        CHECK(run.program->close_stdin().has_value());
        std::size_t told = 0;
        auto destroy_in = [&](std::string const& event) {
            if (event != where || !run.program)
                return;
            run.program.reset();
            told = run.record.events.size();
        };
        run.record.on_connected = [&](transport&) { destroy_in("connected"); };
        run.record.on_data = [&](int) { destroy_in("data"); };
        run.record.on_closed = [&](int) { destroy_in("closed"); };
        run.record.on_exited = [&] { destroy_in("exited"); };
        run.record.on_ended = [&] { destroy_in("ended"); };

        run.run_until([&] { return told > 0; });
        run.loop.restart();
        run.loop.run_for(std::chrono::seconds(20));  // ends early: nothing is left to do

        CHECK(run.loop.stopped());
        CHECK(run.record.events.size() == told);
    }
}

TEST_CASE("C05: the end tells what the program consumed and how long it took")
{
    recorded run(test_child({"burn", "60"}));
    CHECK(run.run_to_end().success());

    auto const& end = *run.record.end;
    REQUIRE(end.usage.has_value());
    CHECK(end.usage->user + end.usage->system >= std::chrono::milliseconds(50));
    CHECK(end.usage->peak_resident_bytes >= 32 * 1024 * 1024);
    CHECK(end.wall_time >= std::chrono::milliseconds(50));
    CHECK(end.wall_time < std::chrono::seconds(60));
    CHECK(end.status == exit_status{});
}

TEST_CASE("C05: a status that somebody else has taken is told as lost")
{
    recorded run(test_child({"exit", "3"}));
    REQUIRE(::waitpid(run.program->pid(), nullptr, 0) == run.program->pid());

    run.run_to_end();

    CHECK(run.record.end->lost == error_code(errc::status_lost));
    CHECK_FALSE(run.record.end->usage.has_value());
}

TEST_CASE("C08: signals go by name, and an ended program is no target")
{
    recorded run(test_child({"linger"}));
    run.await("ready");
    CHECK(run.program->signal("SLEEP").error().code == error_code(errc::unknown_signal));
    CHECK(run.program->signal("INT").has_value());

    CHECK(run.run_to_end() == exit_status::killed(SIGINT));
    CHECK(run.program->signal("INT").error().code == boost::system::errc::no_such_process);
    CHECK(run.program->terminate().error().code == boost::system::errc::no_such_process);
}

TEST_CASE("C08: every deadly signal ends a program that does nothing about it, and is told by its number")
{
    for (std::string const name : {"HUP", "INT", "KILL", "TERM", "USR1", "USR2", "ALRM", "PIPE"}) {
        CAPTURE(name);
        recorded run(test_child({"linger"}));
        run.await("ready");
        CHECK(run.program->signal(name).has_value());
        CHECK(run.run_to_end() == exit_status::killed(*signal_number(name)));
    }
}

TEST_CASE("C08: a program that ignores the first step of the ladder is ended by the next")
{
    recorded run(test_child({"persist"}));
    run.await("ready");

    CHECK(
        run.program->terminate({.steps = {{SIGTERM, std::chrono::milliseconds(20)}, {SIGKILL}}}).has_value());

    CHECK(run.run_to_end() == exit_status::killed(SIGKILL));
}

TEST_CASE("C08: terminating a group leaves nobody of it, not even who ignores the signal its leader obeys")
{
    auto what = shell_script("$CHILD persist & echo $!; wait");
    what.group = grouping::own_group;
    recorded run(what);
    run.await("ready");

    CHECK(run.program->terminate({.whom = audience::group}).has_value());

    CHECK(run.run_to_end() == exit_status::killed(SIGTERM));  // `ended`: nobody holds a pipe any more
}

TEST_CASE("C12: a transport describes itself and its ends")
{
    auto what = test_child({"exit", "0"});
    recorded run(what);

    auto const expected = "process " + std::to_string(run.program->pid()) + " \"" + what.program + '"';
    CHECK(run.program->description() == expected);
    CHECK(run.program->description(1) == expected + " fd 1");
    run.run_to_end();
    CHECK(run.program->description() == expected);
}

TEST_CASE("C03: one descriptor of ours may be two of the program's, and two may be swapped")
{
    auto first = make_pipe();
    auto second = make_pipe();
    recorded both(shell_script("echo out; echo errors >&2"), {{1, connection::inherit(first.writer.get())},
                                                              {2, connection::inherit(first.writer.get())}});
    CHECK(both.run_to_end().success());
    first.writer.reset();
    CHECK(read_all(first.reader.get()) == "out\nerrors\n");

    auto const a = second.reader.get();
    auto const b = second.writer.get();
    recorded swapped(test_child({"write-to", std::to_string(a), "swapped"}),
                     {{a, connection::inherit(b)}, {b, connection::inherit(a)}});
    CHECK(swapped.run_to_end().success());
    second.writer.reset();
    CHECK(read_all(second.reader.get()) == "swapped");
}

TEST_CASE("C14: fifty programs at once each get their own answer")
{
    asio::io_context loop;
    std::vector<std::unique_ptr<transport>> crowd;
    std::vector<event_record> records(50);
    for (std::size_t i = 0; i < records.size(); ++i) {
        crowd.push_back(process::spawn(loop.get_executor(), records[i], test_child({"copy"})).value());
        CHECK(crowd.back()->write(std::to_string(i)).has_value());
        CHECK(crowd.back()->close_stdin().has_value());
    }

    testing::run_until(loop, [&] {
        return std::ranges::all_of(records, [](auto const& each) { return each.end.has_value(); });
    });

    for (std::size_t i = 0; i < records.size(); ++i) {
        CHECK(records[i].text[1] == std::to_string(i));
        CHECK(records[i].end->status.success());
    }
}

TEST_CASE("C14: a destroyed transport leaves no process, whatever it was doing")
{
    pid_t pid = 0;
    {
        recorded run(test_child({"flood", "1000000000"}));
        pid = run.program->pid();
        run.run_until([&] { return run.record.count("data 1") > 0; });
        run.program->pause();
    }
    CHECK_FALSE(exists(pid));
}

}  // namespace
