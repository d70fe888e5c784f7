#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/transport.hpp>

#include <csignal>

#include <boost/asio/error.hpp>

namespace {

using namespace tendril;
using process::exit_status;
using process::testing::test_child;

/// A program on a terminal and the record of its events.
struct on_terminal {
    explicit on_terminal(process::command const& what, pty::launch_options const& options = {})
    {
        auto started = pty::spawn(loop.get_executor(), record, what, options);
        REQUIRE(started.has_value());
        program = std::move(*started);
    }

    void await(std::string const& words)
    {
        process::testing::run_until(loop, [&] { return record.text[1].find(words) != std::string::npos; });
    }

    exit_status run_to_end()
    {
        process::testing::run_until(loop, [&] { return record.end.has_value(); });
        CHECK(record.events.front() == "connected");
        CHECK(record.events.back() == "ended");
        CHECK(record.count("exited") == 1);
        return record.end->status;
    }

    asio::io_context loop;
    process::testing::event_record record;
    std::unique_ptr<process::transport> program;
};

process::command shell(std::string const& script)
{
    return process::testing::shell(script, TENDRIL_TEST_CHILD);
}

TEST_CASE("C11: on a terminal the same events come, and both outputs as one stream")
{
    on_terminal run(shell("echo out; echo errors >&2; exit 5"));

    CHECK(run.run_to_end() == exit_status::exited(5));
    CHECK(run.record.text[1] == "out\r\nerrors\r\n");
    CHECK(run.record.text[2] == "");
    CHECK(run.record.count("closed 1") == 1);
    CHECK(run.program->why_closed(1) == error_code(asio::error::eof));
    CHECK(run.record.end->usage.has_value());
}

TEST_CASE("C11: the program leads a session with its terminal, also under a monitor")
{
    for (auto const jobs : {pty::job_control::none, pty::job_control::monitored}) {
        on_terminal run(test_child({"session"}), {.jobs = jobs});
        CHECK(run.run_to_end().success());
        CHECK(run.record.text[1].find("group-leader controlling foreground") != std::string::npos);
    }
}

TEST_CASE("C11: what is written is typed, and a new size arrives as a signal")
{
    on_terminal run(shell("read line; echo \"got $line\"; exec $CHILD await-size"));
    CHECK(run.program->write("hello\r").has_value());
    run.await("got hello");
    run.await("ready");
    CHECK(pty::resize(*run.program, {.columns = 100, .rows = 30}).has_value());

    run.await("changed 100x30");
    CHECK(run.run_to_end().success());
    CHECK(pty::resize(*run.program, {}).error().code == boost::system::errc::bad_file_descriptor);
}

TEST_CASE("C11: a line longer than the line editor keeps arrives whole, in one write or in many")
{
    on_terminal run(shell("stty -echo; echo ready; exec $CHILD count"));
    run.await("ready");
    std::string const line(100'000, 'x');
    CHECK(run.program->write(line + "\n").has_value());
    for (std::size_t at = 0; at < line.size(); at += 1000)
        CHECK(run.program->write(std::string_view(line).substr(at, 1000)).has_value());
    CHECK(run.program->write("\n\x04").has_value());

    CHECK(run.run_to_end().success());
    CHECK(run.record.text[1] == "ready\r\ncounted 200000\r\n");
}

TEST_CASE("C11: a terminal has no half-close; losing the connection hangs up")
{
    on_terminal run(test_child({"linger"}));
    run.await("ready");
    CHECK(run.program->close_stdin().error().code == boost::system::errc::operation_not_supported);
    CHECK(run.program->close_stdout().error().code == boost::system::errc::operation_not_supported);

    run.program->lose_connection();

    CHECK(run.run_to_end() == exit_status::killed(SIGHUP));
}

TEST_CASE("C11: the caller may hand over a terminal of its own")
{
    asio::io_context loop;
    process::testing::event_record record;
    auto terminal = pty::open({.size = {.columns = 61, .rows = 17}});
    REQUIRE(terminal.has_value());
    auto const program =
        pty::spawn_on(loop.get_executor(), record, test_child({"size"}), std::move(*terminal)).value();

    process::testing::run_until(loop, [&] { return record.end.has_value(); });

    CHECK(record.text[1] == "61x17 0x0\r\n");
}

TEST_CASE("C11: a program that cannot start on a terminal is an error, and no event comes")
{
    asio::io_context loop;
    process::testing::event_record record;
    process::command what;
    what.program = "/nowhere/at/all";

    auto const refused = pty::spawn(loop.get_executor(), record, what);
    loop.run();

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().at == process::step::find_program);
    CHECK(record.events.empty());
}

TEST_CASE("C05: what a program on a terminal consumed is known, also under a monitor")
{
    for (auto const jobs : {pty::job_control::none, pty::job_control::monitored}) {
        on_terminal run(test_child({"burn", "50"}), {.jobs = jobs});
        CHECK(run.run_to_end().success());
        REQUIRE(run.record.end->usage.has_value());
        CHECK(run.record.end->usage->user + run.record.end->usage->system >= std::chrono::milliseconds(50));
        CHECK(run.record.end->usage->peak_resident_bytes >= 32UL * 1024 * 1024);
    }
}

TEST_CASE("C08: whoever of the group outlives a program that was told to end is killed with it")
{
    for (auto const jobs : {pty::job_control::none, pty::job_control::monitored}) {
        on_terminal run(shell("(trap '' TERM HUP; echo ready; sleep 1000) & wait"), {.jobs = jobs});
        run.await("ready");
        CHECK(run.program
                  ->terminate({.steps = {{SIGTERM, std::chrono::seconds(60)}, {SIGKILL}},
                               .whom = process::audience::group})
                  .has_value());
        CHECK(run.run_to_end() ==
              exit_status::killed(SIGTERM));  // its output ended: nobody holds the terminal
    }
}

TEST_CASE("C11: the ladder ends a program on a terminal")
{
    for (auto const jobs : {pty::job_control::none, pty::job_control::monitored}) {
        on_terminal run(test_child({"persist"}), {.jobs = jobs});
        run.await("ready");
        CHECK(run.program->terminate({.steps = {{SIGTERM, std::chrono::milliseconds(20)}, {SIGKILL}}})
                  .has_value());
        CHECK(run.run_to_end() == exit_status::killed(SIGKILL));
    }
}

TEST_CASE("C04: 1 MiB written to a terminal by a program that exits at once is complete, every time")
{
    std::string expected;
    for (unsigned line = 0; expected.size() < 1024 * 1024; ++line)
        expected += std::to_string(line % 100000) + ' ';
    expected.resize(1024 * 1024);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        on_terminal run(test_child({"write-bytes", "1048576"}));
        CHECK(run.run_to_end().success());
        REQUIRE((run.record.text[1] == expected));  // double brackets: a failure does not print a megabyte
    }
}

}  // namespace
