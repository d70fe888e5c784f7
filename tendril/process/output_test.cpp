#include <tendril/process/errc.hpp>
#include <tendril/process/output.hpp>
#include <tendril/process/spawn_error.hpp>
#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <csignal>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

command shell_script(std::string const& script)
{
    return shell(script, TENDRIL_TEST_CHILD);
}

/// What async_output() of @p what completes with.
result<std::string> output_of(command const& what, capture_options const& options = {})
{
    asio::io_context loop;
    std::optional<result<std::string>> got;
    async_output(loop.get_executor(), what, options,
                 [&](result<std::string> text) { got = std::move(text); });
    CHECK_FALSE(got.has_value());
    testing::run_until(loop, [&] { return got.has_value(); });
    return *got;
}

/// What async_output_and_status() of @p what completes with.
result<captured> capture_of(command const& what, capture_options const& options = {})
{
    asio::io_context loop;
    std::optional<result<captured>> got;
    async_output_and_status(loop.get_executor(), what, options,
                            [&](result<captured> whole) { got = std::move(whole); });
    testing::run_until(loop, [&] { return got.has_value(); });
    return *got;
}

asio::awaitable<std::string> shout(std::string text)
{
    auto const here = co_await asio::this_coro::executor;
    command what;
    what.program = "tr";
    what.arguments = {"a-z", "A-Z"};
    what.environment = environment::inherit();
    capture_options options;
    options.input = std::move(text);
    auto loud = co_await async_output(here, std::move(what), std::move(options), asio::use_awaitable);
    co_return loud.value();
}

TEST_CASE("C13: output is what the program wrote, all of it, whatever its exit code")
{
    CHECK(output_of(shell_script("echo one; echo two; exit 3")).value() == "one\ntwo\n");
    CHECK(output_of(test_child({"write-bytes", "3000000"})).value().size() == 3'000'000);
}

TEST_CASE("C13: a coroutine gives input and gets output")
{
    asio::io_context loop;
    auto loud = asio::co_spawn(loop, shout("quiet"), asio::use_future);
    loop.run_for(std::chrono::seconds(60));

    CHECK(loud.get() == "QUIET");
}

TEST_CASE("C13: input larger than every buffer goes through")
{
    std::string const big(20 * 1024 * 1024, 'x');

    CHECK((output_of(test_child({"copy"}), {.input = big}).value() == big));
}

TEST_CASE("C13: one byte on standard error is a failure of output, unless told otherwise")
{
    auto const what = shell_script("echo out; echo errors >&2; exec $CHILD linger");
    auto const refused = output_of(what);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == error_code(errc::wrote_to_stderr));
    CHECK(refused.error().message() ==
          "cannot capture the output of /bin/sh: the program wrote to its standard error");

    auto const both = shell_script("echo out; echo errors >&2");
    CHECK(output_of(both, {.errors = stderr_rule::ignored}).value() == "out\n");
    auto const merged = output_of(both, {.errors = stderr_rule::is_output}).value();
    CHECK(merged.size() == 11);
    CHECK(merged.find("errors\n") != std::string::npos);
}

TEST_CASE("C13: the exit code alone, of a program that writes a lot")
{
    asio::io_context loop;
    auto code = async_exit_code(loop.get_executor(), shell_script("$CHILD flood 1000000; exit 9"),
                                {.limit_bytes = 10}, asio::use_future);
    loop.run_for(std::chrono::seconds(60));

    CHECK(code.get().value() == exit_status::exited(9));
}

TEST_CASE("C13: output, errors and status together, also of a program that a signal ended")
{
    auto const seen = capture_of(shell_script("echo out; echo errors >&2; kill -9 $$"));

    REQUIRE(seen.has_value());
    CHECK(seen->output == "out\n");
    CHECK(seen->errors == "errors\n");
    CHECK(seen->ending.status == exit_status::killed(SIGKILL));
    CHECK(seen->ending.usage.has_value());
}

TEST_CASE("C13: at the deadline the program is killed and the operation fails")
{
    auto const late = capture_of(test_child({"persist"}), {.deadline = std::chrono::milliseconds(20)});

    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == error_code(asio::error::timed_out));
}

TEST_CASE("C13: a background job that holds the pipes cannot hold the operation beyond its deadline")
{
    auto what = shell_script("$CHILD persist & wait");
    what.group = grouping::own_group;

    CHECK(capture_of(what, {.deadline = std::chrono::milliseconds(50)}).error().code ==
          error_code(asio::error::timed_out));
}

TEST_CASE("C13: queued input that nobody reads cannot hold the operation beyond its deadline either")
{
    asio::io_context loop;
    // The job in the background keeps standard input open, and ends once its own output is closed.
    auto const what = shell_script("exec 3<&0; { while echo x; do :; done; } 2>/dev/null & exit");
    auto status =
        async_exit_code(loop.get_executor(), what,
                        {.input = std::string(1024 * 1024, 'x'), .deadline = std::chrono::milliseconds(50)},
                        asio::use_future);
    loop.run_for(std::chrono::seconds(60));

    CHECK(status.get().error().code == error_code(asio::error::timed_out));
}

TEST_CASE("C13: a loop that goes in the middle takes the program along")
{
    asio::io_context loop;
    async_output(loop.get_executor(), test_child({"persist"}), {},
                 [](result<std::string>) { FAIL("completed"); });
    loop.poll();
}

TEST_CASE("C13: more output than the limit ends the program")
{
    auto const too_much = output_of(test_child({"flood", "1000000000000"}), {.limit_bytes = 100'000});

    REQUIRE_FALSE(too_much.has_value());
    CHECK(too_much.error().code == error_code(errc::too_much_output));
    CHECK(output_of(test_child({"flood", "100000"}), {.limit_bytes = 100'000}).value().size() == 100'000);
}

TEST_CASE("C13: a program that does not start is an error with its step, and not inside the call")
{
    command what;
    what.program = "/nowhere/at/all";

    auto const refused = output_of(what);

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message() == "cannot run /nowhere/at/all: find program: No such file or directory");
}

TEST_CASE("C13: a cancelled operation leaves no program")
{
    asio::io_context loop;
    asio::cancellation_signal stop;
    std::optional<result<exit_status>> got;
    async_exit_code(loop.get_executor(), test_child({"linger"}), {},
                    asio::bind_cancellation_slot(
                        stop.slot(), [&](result<exit_status> status) { got = std::move(status); }));
    loop.poll();
    CHECK_FALSE(got.has_value());
    stop.emit(asio::cancellation_type::total);
    testing::run_until(loop, [&] { return got.has_value(); });

    CHECK(got->error().code == error_code(asio::error::operation_aborted));
}

}  // namespace
