#include <tendril/session/frame_pump.hpp>
#include <tendril/session/redacted_screen.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/error.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::testing::hosted_session;

expect::redactor without(std::string const& text)
{
    return *expect::redactor::make(std::array{text}, {});
}

TEST_CASE("L09: a viewer behind a redacted screen never gets what is to be redacted, also out of two pieces")
{
    hosted_session hosted(
        "stty -echo; printf 'a tok-1'; read line; printf '2345 b'; read line; echo; echo end");
    auto& program = *hosted.program;
    auto const screen =
        std::make_shared<session::redacted_screen>(without("tok-12345"), term::grid_size{80, 24});
    program.log_to(screen);
    session::frame_pump pump(program, screen->screen(), {.pace = 0ms});
    std::string sent;
    error_code end;
    std::function<void()> const ask = [&] {
        pump.async_next([&](error_code why, session::viewer_frame frame) {
            sent += frame.bytes;
            end = why;
            if (!why)
                ask();
        });
    };
    ask();
    REQUIRE(hosted.run_until_shown("tok-1"));
    REQUIRE_FALSE(program.write_line(""));
    REQUIRE(hosted.run_until_shown("2345 b"));
    REQUIRE(program.resize({.columns = 40, .rows = 10}));
    REQUIRE_FALSE(program.write_line(""));
    REQUIRE(hosted.run_to_exit());
    REQUIRE(hosted.run_until([&] { return end == asio::error::eof; }));

    CHECK(hosted.output.find("tok-1") != std::string::npos);
    CHECK(sent.find("tok") == std::string::npos);
    CHECK(sent.find("2345") == std::string::npos);
    CHECK(screen->screen().size() == term::grid_size{40, 10});
    CHECK(screen->screen().dump().front().starts_with("a [redacted] b"));
    CHECK(program.emulator().dump().front().starts_with("a tok-12345 b"));
}

}  // namespace
