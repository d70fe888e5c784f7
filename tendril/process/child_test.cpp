#include <tendril/process/child.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <chrono>
#include <csignal>
#include <optional>
#include <vector>

#include <sys/wait.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

constexpr std::chrono::seconds deadline{20};

/// What a wait ended with; run_for() ends early when nothing is left to do, so nothing here asserts a time.
struct outcome {
    error_code why;
    exit_status status;
};

std::optional<outcome> wait_for(asio::io_context& loop, child& waited)
{
    std::optional<outcome> got;
    waited.async_wait([&](error_code why, exit_status status) { got = outcome{why, status}; });
    loop.restart();
    loop.run_for(deadline);
    return got;
}

child start(asio::io_context& loop, command const& what)
{
    auto started = process::launch(loop.get_executor(), what);
    REQUIRE(started.has_value());
    return std::move(*started);
}

/// Starts @p what with a pipe as standard output and waits for its first line.
child start_and_await_line(asio::io_context& loop, command what)
{
    auto out = make_pipe();
    what.descriptors = {{0, 0}, {1, out.writer.get()}, {2, 2}};
    auto running = start(loop, what);
    out.writer.reset();
    char line[16];
    REQUIRE(::read(out.reader.get(), line, sizeof line) > 0);
    return running;
}

bool exists(pid_t pid)
{
    return ::kill(pid, 0) == 0;
}

TEST_CASE("C05: an exit code and a signal arrive as what they are")
{
    asio::io_context loop;
    auto exiting = start(loop, test_child({"exit", "7"}));
    auto dying = start(loop, test_child({"die", std::to_string(SIGKILL)}));

    CHECK(wait_for(loop, exiting)->status == exit_status::exited(7));
    CHECK(wait_for(loop, dying)->status == exit_status::killed(SIGKILL));
    CHECK(exiting.ended() == exit_status::exited(7));
}

TEST_CASE("C04: a wait never completes inside the call that starts it, even after the end")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "1"}));
    REQUIRE(wait_for(loop, running).has_value());

    bool done = false;
    running.async_wait([&](error_code, exit_status) { done = true; });
    CHECK_FALSE(done);
    loop.restart();
    loop.run();
    CHECK(done);
}

TEST_CASE("C04: several waits for one program all see its status")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "5"}));
    std::vector<int> codes;
    for (int i = 0; i < 3; ++i)
        running.async_wait([&](error_code, exit_status status) { codes.push_back(status.code()); });

    loop.run_for(deadline);

    CHECK(codes == std::vector{5, 5, 5});
}

TEST_CASE("C08: a signal reaches the program, and after the end there is a clear error")
{
    asio::io_context loop;
    auto running = start_and_await_line(loop, test_child({"linger"}));

    CHECK(running.signal(SIGTERM).has_value());
    CHECK(wait_for(loop, running)->status == exit_status::killed(SIGTERM));
    CHECK(running.signal(SIGTERM).error().code == boost::system::errc::no_such_process);
    CHECK(running.signal_group(SIGTERM).error().code == boost::system::errc::no_such_process);
}

TEST_CASE("C08: signalling a program that has ended unnoticed is an error as well")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "0"}));
    ::siginfo_t seen{};
    REQUIRE(::waitid(P_PID, static_cast<id_t>(running.pid()), &seen, WEXITED | WNOWAIT) == 0);

    CHECK(running.signal(SIGTERM).error().code == boost::system::errc::no_such_process);
}

TEST_CASE("C08: a group signal reaches the program's own children")
{
    asio::io_context loop;
    command what;
    what.program = "/bin/sh";
    what.arguments = {"-c", TENDRIL_TEST_CHILD " linger & wait"};
    what.group = grouping::own_group;
    auto out = make_pipe();
    what.descriptors = {{0, 0}, {1, out.writer.get()}, {2, 2}};
    auto running = start(loop, what);
    out.writer.reset();
    char line[16];
    REQUIRE(::read(out.reader.get(), line, sizeof line) > 0);

    CHECK(running.signal_group(SIGKILL).has_value());

    CHECK(read_all(out.reader.get()) == "");  // ends only when every writer is gone
    CHECK(wait_for(loop, running)->status == exit_status::killed(SIGKILL));
}

TEST_CASE("C14: a wait that is cancelled leaves the program running and waitable")
{
    asio::io_context loop;
    auto running = start_and_await_line(loop, test_child({"linger"}));
    asio::cancellation_signal stop;
    std::optional<error_code> cancelled;
    running.async_wait(
        asio::bind_cancellation_slot(stop.slot(), [&](error_code why, exit_status) { cancelled = why; }));
    stop.emit(asio::cancellation_type::total);
    loop.run();

    CHECK(cancelled == error_code(asio::error::operation_aborted));
    CHECK(exists(running.pid()));
    CHECK(running.signal(SIGKILL).has_value());
    CHECK(wait_for(loop, running)->status == exit_status::killed(SIGKILL));
}

TEST_CASE("C14: a status that somebody else has taken is an error of its own")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "3"}));
    REQUIRE(::waitpid(running.pid(), nullptr, 0) == running.pid());

    auto const got = wait_for(loop, running);

    REQUIRE(got.has_value());
    CHECK(got->why == error_code(errc::status_lost));
    CHECK_FALSE(running.ended().has_value());
}

TEST_CASE("C14: where SIGCHLD is ignored the end is seen, though not the status")
{
    auto const before = ::signal(SIGCHLD, SIG_IGN);
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "3"}));
    auto const got = wait_for(loop, running);
    ::signal(SIGCHLD, before);

    REQUIRE(got.has_value());
    CHECK(got->why == error_code(errc::status_lost));
}

TEST_CASE("C14: a destroyed child is killed and reaped, and its wait is aborted")
{
    asio::io_context loop;
    std::optional<error_code> why;
    pid_t pid = 0;
    {
        auto running = start_and_await_line(loop, test_child({"linger"}));
        pid = running.pid();
        running.async_wait([&](error_code got, exit_status) { why = got; });
    }
    CHECK_FALSE(exists(pid));
    loop.run_for(deadline);
    CHECK(why == error_code(asio::error::operation_aborted));
}

TEST_CASE("C14: a destroyed leader takes its group along")
{
    asio::io_context loop;
    auto out = make_pipe();
    {
        command what;
        what.program = "/bin/sh";
        what.arguments = {"-c", TENDRIL_TEST_CHILD " linger & wait"};
        what.group = grouping::own_session;
        what.descriptors = {{0, 0}, {1, out.writer.get()}, {2, 2}};
        auto const running = start(loop, what);
        out.writer.reset();
        char line[16];
        REQUIRE(::read(out.reader.get(), line, sizeof line) > 0);
    }
    CHECK(read_all(out.reader.get()) == "");
}

TEST_CASE("C14: a thousand children that end at once are all reaped")
{
    asio::io_context loop;
    auto gate = make_pipe();
    std::vector<child> crowd;
    int ended = 0;
    for (int i = 0; i < 1000; ++i) {
        auto what = test_child({"copy"});
        what.descriptors = {{0, gate.reader.get()}, {1, 1}, {2, 2}};
        crowd.push_back(start(loop, what));
        crowd.back().async_wait(
            [&](error_code why, exit_status status) { ended += !why && status.success(); });
    }
    gate.writer.reset();
    loop.run_for(deadline * 3);

    CHECK(ended == 1000);
}

TEST_CASE("C04: a future can wait for a program")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "2"}));
    auto status = running.async_wait(asio::use_future);
    loop.run_for(deadline);

    CHECK(status.get() == exit_status::exited(2));
}

}  // namespace
