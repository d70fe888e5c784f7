#include <tendril/io/read_buffer.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include <boost/asio/error.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::hosted_session;

TEST_CASE(
    "M05: a read that a callback asks for gets the chunk that is on its way, and the buffer is kept for it")
{
    hosted_session hosted("echo whole; read line");
    std::string got;
    auto const asks = hosted.program->on_update([&](auto) {
        hosted.program->async_read([&](error_code, base::byte_view chunk) { got = base::text_of(chunk); });
    });
    hosted.program->on_update([&](auto) {
        hosted.program->remove_callbacks(asks);
        io::read_buffer_lease other;  // what another session would do
        std::ranges::fill(other.bytes(), std::byte{'?'});
    });

    REQUIRE(hosted.run_until([&] { return !got.empty(); }));

    CHECK(got == "whole\r\n");
}

TEST_CASE("M05: who reads last takes over from the one before, who is told")
{
    hosted_session hosted("echo one; read line; echo two; read line");
    REQUIRE(hosted.run_until_shown("one"));
    error_code first;
    error_code second;
    hosted.program->async_read([&](error_code why, auto) { first = why; });
    hosted.program->async_read([&](error_code why, auto) { second = why; });
    REQUIRE(hosted.run_until([&] { return first.failed(); }));
    CHECK(first == asio::error::operation_aborted);
    CHECK_FALSE(second);

    hosted.program->keep_reading();
    REQUIRE(hosted.run_until([&] { return second.failed(); }));
    CHECK(second == asio::error::operation_aborted);
    REQUIRE_FALSE(hosted.program->write_line(""));
    CHECK(hosted.run_until_shown("two"));
}

TEST_CASE("M05: who hands on what comes gets pieces as small as it asks for, and all of it")
{
    hosted_session hosted("stty -opost; printf '%05000d' 0; read line; printf '%09000d' 1");
    REQUIRE(hosted.run_until([&] { return hosted.output.size() == 5000; }));
    REQUIRE_FALSE(hosted.program->write_line(""));
    std::string got;
    std::size_t largest = 0;
    std::optional<error_code> end;
    std::function<void()> const read_on = [&] {
        hosted.program->async_read_up_to(100, [&](error_code why, base::byte_view chunk) {
            got += base::text_of(chunk);
            largest = std::max(largest, chunk.size());
            if (why)
                end = why;
            else
                read_on();
        });
    };
    read_on();

    REQUIRE(hosted.run_until([&] { return end.has_value(); }));

    CHECK(end == asio::error::eof);
    CHECK(largest == 100);
    CHECK(got.ends_with(std::string(8999, '0') + "1"));
}

TEST_CASE("M06: a log that throws does not stop the session")
{
    struct throwing_log final : session::log {
        void output(session::moment, base::byte_view) override { throw std::runtime_error("log"); }
        void resized(session::moment, pty::window_size) override {}
        void ended(session::moment, process::exit_status) override { throw std::runtime_error("log's end"); }
    };
    hosted_session hosted("echo text");
    hosted.program->log_to(std::make_shared<throwing_log>());

    CHECK_THROWS_WITH(static_cast<void>(hosted.run_to_exit()), "log");
    CHECK(hosted.output == "text\r\n");
    CHECK_THROWS_WITH(static_cast<void>(hosted.run_until([] { return false; })), "log's end");
    CHECK(hosted.status.has_value());
}

}  // namespace
