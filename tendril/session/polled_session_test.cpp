#include <tendril/session/polled_session.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <chrono>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::polled_session;

polled_session started(std::string script)
{
    auto made = polled_session::start(session::testing::shell(std::move(script)));
    REQUIRE(made.has_value());
    return std::move(*made);
}

/// Looks in again and again, as a program's own loop would. False after 20 seconds.
template <typename Done>
bool read_until(polled_session& from, std::string& into, Done done)
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        into += from.read();
    }
    return true;
}

TEST_CASE("M10: without a loop, read() returns what is there and never waits")
{
    auto polled = started("stty -echo; echo ready; read line; echo got $line");
    std::string output;
    REQUIRE(read_until(polled, output, [&] { return output.ends_with("ready\r\n"); }));
    CHECK(polled.read().empty());
    CHECK(polled.alive());
    CHECK_FALSE(polled.ended());

    REQUIRE_FALSE(polled.program().write_line("it"));
    REQUIRE(read_until(polled, output, [&] { return polled.ended(); }));

    CHECK(output.ends_with("got it\r\n"));
    CHECK_FALSE(polled.alive());
    CHECK(polled.program().emulator().dump().at(1) == "got it");
}

TEST_CASE("M10: patterns, their deadlines and callbacks are served inside read()")
{
    auto polled = started("echo ready; read line; echo second");
    auto& program = polled.program();
    std::string seen;
    bool in_read = false;
    bool lapsed = false;
    program.expect({*expect::pattern::exact("ready")}, [&](auto const& found) {
        seen = found.text;
        CHECK(in_read);
        CHECK_FALSE(program.write_line(""));
    });
    expect::options never{.from = expect::source::stream, .as = expect::standing::optional};
    never.deadline = std::chrono::steady_clock::now();
    never.on_lapse = [&](expect::lapse) { lapsed = in_read; };
    program.expect({*expect::pattern::exact("never")}, [](auto const&) {}, never);

    in_read = true;
    std::string output;
    REQUIRE(read_until(polled, output, [&] { return polled.ended(); }));

    CHECK(seen == "ready");
    CHECK(lapsed);
    CHECK(output.ends_with("second\r\n"));
}

TEST_CASE("M10: a flood comes in pieces: no look at it takes more than a chunk")
{
    auto polled = started("yes");
    std::size_t total = 0;
    std::string output;
    REQUIRE(read_until(polled, output, [&] {
        CHECK(output.size() <= 64 * 1024);
        total += output.size();
        output.clear();
        return total > 1024 * 1024;
    }));
}

}  // namespace
