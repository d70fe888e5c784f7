#include <tendril/process/errc.hpp>
#include <tendril/process/piped_child.hpp>
#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <array>
#include <csignal>

#include <sys/resource.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

piped_child start(asio::io_context& loop, command const& what, descriptor_map const& map = standard_pipes())
{
    auto started = launch_piped(loop.get_executor(), what, map);
    REQUIRE(started.has_value());
    return std::move(*started);
}

/// Reads @p fd to its end.
std::string read_to_end(asio::io_context& loop, piped_child& from, int fd)
{
    std::string text;
    std::array<std::byte, 4096> buffer;
    error_code why;
    while (!why) {
        std::optional<error_code> got;
        from.async_read_some(fd, buffer, [&](error_code failed, std::size_t count) {
            text += base::text_of(std::span(buffer).first(count));
            got = failed;
        });
        testing::run_until(loop, [&] { return got.has_value(); });
        why = *got;
    }
    CHECK(why == error_code(asio::error::eof));
    return text;
}

exit_status wait_for(asio::io_context& loop, piped_child& running)
{
    std::optional<exit_status> ended;
    running.async_wait([&](error_code why, exit_status status) {
        CHECK_FALSE(why);
        ended = status;
    });
    testing::run_until(loop, [&] { return ended.has_value(); });
    return *ended;
}

/// Raises the limit of open descriptors for a test, as far as it may.
struct many_descriptors {
    many_descriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &before);
        auto raised = before;
        raised.rlim_cur = std::min<rlim_t>(before.rlim_max, 8192);
        ::setrlimit(RLIMIT_NOFILE, &raised);
    }
    ~many_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before); }
    many_descriptors(many_descriptors const&) = delete;
    many_descriptors& operator=(many_descriptors const&) = delete;

    ::rlimit before{};
};

asio::awaitable<void> count_words(piped_child* wc, std::string* answer)
{
    auto const words = base::bytes_of("one two three\n");
    co_await wc->async_write(0, words, asio::use_awaitable);
    wc->close(0);
    std::array<std::byte, 64> buffer;
    auto const into = std::span(buffer);
    auto const count = co_await wc->async_read_some(1, into, asio::use_awaitable);
    *answer = base::text_of(into.first(count));
    co_await wc->async_wait(asio::use_awaitable);
}

TEST_CASE("C03: a program is written to and read from on the descriptors of its map")
{
    asio::io_context loop;
    command what;
    what.program = "/bin/sh";
    what.arguments = {"-c", "cat <&7 >&9; echo errors >&2"};
    what.environment = environment::inherit();
    auto running =
        start(loop, what, {{2, connection::read()}, {7, connection::write()}, {9, connection::read()}});
    std::optional<std::size_t> written;
    running.async_write(7, base::bytes_of("through seven to nine"),
                        [&](error_code, std::size_t count) { written = count; });
    testing::run_until(loop, [&] { return written.has_value(); });
    running.close(7);

    CHECK(read_to_end(loop, running, 9) == "through seven to nine");
    CHECK(read_to_end(loop, running, 2) == "errors\n");
    CHECK(wait_for(loop, running).success());
}

TEST_CASE("C03: pipes beside an inherited descriptor, and nothing else is open in the program")
{
    asio::io_context loop;
    base::unique_fd const null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    auto running = start(loop, test_child({"descriptors"}),
                         {{1, connection::read()}, {5, connection::inherit(null.get())}});

    CHECK(read_to_end(loop, running, 1) == "1 5 ");
    CHECK(wait_for(loop, running).success());
    CHECK(running.pipe(5) == nullptr);
}

TEST_CASE("C03: descriptors above 1024 work on both sides")
{
    many_descriptors const raised;
    asio::io_context loop;
    std::vector<base::unique_fd> fill;
    do
        fill.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    while (fill.back().get() >= 0 && fill.back().get() < 1100);
    REQUIRE(fill.back().get() >= 1100);
    auto running = start(loop, test_child({"write-to", "3000", "far"}), {{3000, connection::read()}});
    CHECK(running.pipe(3000)->native_handle() > 1024);

    CHECK(read_to_end(loop, running, 3000) == "far");
    CHECK(wait_for(loop, running).success());
}

TEST_CASE("C03: a map with a negative number or a closed descriptor is refused, and leaks nothing")
{
    asio::io_context loop;
    for (descriptor_map const& map :
         {descriptor_map{{-1, connection::read()}, {1, connection::read()}},
          descriptor_map{{1, connection::inherit(900)}, {2, connection::read()}}}) {
        auto const refused = launch_piped(loop.get_executor(), test_child({"exit", "0"}), map);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().at == step::descriptors);
        CHECK(refused.error().code == boost::system::errc::bad_file_descriptor);
    }
}

TEST_CASE("C02: a program that cannot start leaves no pipe behind")
{
    asio::io_context loop;
    command what;
    what.program = "/nowhere/at/all";

    auto const refused = launch_piped(loop.get_executor(), what);

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().at == step::find_program);
}

TEST_CASE("C06: a coroutine writes, half-closes, reads and waits")
{
    asio::io_context loop;
    command what;
    what.program = "wc";
    what.arguments = {"-w"};
    what.environment = environment::inherit();
    auto running = start(loop, what);
    std::string answer;
    auto done = asio::co_spawn(loop, count_words(&running, &answer), asio::use_future);
    loop.run_for(std::chrono::seconds(60));

    done.get();
    CHECK(answer == "3\n");
}

TEST_CASE("C06: a write to a program that does not read ends with what went out when it is closed")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"linger"}));
    std::string const big(1024 * 1024, 'x');
    std::optional<error_code> ended;
    std::size_t written = 0;
    running.async_write(0, base::bytes_of(big), [&](error_code why, std::size_t count) {
        ended = why;
        written = count;
    });
    CHECK_FALSE(ended.has_value());
    loop.poll();
    running.close(0);
    testing::run_until(loop, [&] { return ended.has_value(); });

    CHECK(*ended == error_code(asio::error::operation_aborted));
    CHECK(written == 65'536);  // what a pipe holds
}

TEST_CASE("C06: operations on a descriptor without a pipe are refused, not inside the call")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"exit", "0"}));
    std::array<std::byte, 8> buffer;
    std::vector<error_code> refusals;
    auto const note = [&](error_code why, std::size_t) { refusals.push_back(why); };
    running.close(1);
    running.async_read_some(1, buffer, note);
    running.async_write(8, base::bytes_of("x"), note);
    CHECK(refusals.empty());
    testing::run_until(loop, [&] { return refusals.size() == 2; });

    CHECK(refusals == std::vector<error_code>(2, errc::not_connected));
}

TEST_CASE("C08: a ladder climbs until the program has ended")
{
    asio::io_context loop;
    auto running = start(loop, test_child({"persist"}));
    std::array<std::byte, 64> buffer;
    auto ready = running.async_read_some(1, buffer, asio::use_future);
    testing::run_until(loop,
                       [&] { return ready.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    CHECK(ready.get() > 0);

    std::optional<exit_status> ended;
    running.async_terminate({.steps = {{SIGTERM, std::chrono::milliseconds(20)}, {SIGKILL}}},
                            [&](error_code, exit_status status) { ended = status; });
    testing::run_until(loop, [&] { return ended.has_value(); });

    CHECK(ended == exit_status::killed(SIGKILL));
}

TEST_CASE("C08: a child destroyed on the ladder is gone, and the operation aborted")
{
    asio::io_context loop;
    std::optional<error_code> why;
    {
        auto running = start(loop, test_child({"persist"}));
        std::array<std::byte, 64> buffer;
        std::optional<std::size_t> ready;
        running.async_read_some(1, buffer, [&](error_code, std::size_t count) { ready = count; });
        testing::run_until(loop, [&] { return ready.has_value(); });
        running.async_terminate({.steps = {{SIGTERM, std::chrono::milliseconds(1)}, {SIGTERM}}},
                                [&](error_code failed, exit_status) { why = failed; });
    }
    testing::run_until(loop, [&] { return why.has_value(); });
    CHECK(why == error_code(asio::error::operation_aborted));
}

}  // namespace
