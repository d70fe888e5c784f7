#include <tendril/pty/canonical_slices.hpp>
#include <tendril/session/blocking_dialogue.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using expect::pattern;
using session::blocking_dialogue;

session::start_options script(std::string text)
{
    std::vector<std::string> const words{"/bin/sh", "-c", std::move(text)};
    return {.program = process::command_of(words), .launch = {}};
}

blocking_dialogue shell(std::string text)
{
    auto made = blocking_dialogue::start(script(std::move(text)));
    REQUIRE(made.has_value());
    return std::move(*made);
}

std::vector<pattern> exactly(std::string text)
{
    return {*pattern::exact(std::move(text))};
}

TEST_CASE("X13: a script without a loop asks for one thing after the other, all of one chunk")
{
    auto talk = shell("printf 'login: then password: '; read line; echo \"got $line\"; exit 3");

    auto const first = talk.expect({*pattern::exact("nonsense"), *pattern::regex("(\\w+): ")});
    REQUIRE(first.has_value());
    CHECK(first->alternative == 1);
    CHECK(first->groups == std::vector<std::string>{"login"});
    auto const second = talk.expect(exactly("password: "));
    REQUIRE(second.has_value());
    CHECK(second->before == "then ");
    REQUIRE(talk.send_line("secret"));
    CHECK(talk.expect({*pattern::regex("got (\\w+)\r")})->groups.at(0) == "secret");

    CHECK(talk.wait()->shell_code() == 3);
}

TEST_CASE("X13: a line that the terminal would cut is refused, one that fits arrives whole")
{
    auto talk = shell("stty -echo; echo ready; read line; echo ${#line}; stty -icanon; echo again; read "
                      "line; echo ${#line}");
    REQUIRE(talk.expect(exactly("ready\r\n")));
    std::string const fits(pty::canonical_slices::line_limit_bytes, 'x');

    auto const refused = talk.send_line(fits + 'x');
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == boost::system::errc::message_size);
    REQUIRE(talk.send_line(fits));
    CHECK(talk.expect(exactly(std::to_string(fits.size()) + "\r\n")));
    REQUIRE(talk.expect(exactly("again\r\n")));
    REQUIRE(talk.send_line(fits + '.'));  // nothing is cut without canonical mode
    CHECK(talk.expect(exactly(std::to_string(fits.size() + 1) + "\r\n")));
}

TEST_CASE("X07: what does not come in time is an error, and what was not matched is still there")
{
    auto talk = shell("echo here; read line");

    auto const late = talk.expect(exactly("nowhere"), 20ms);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == asio::error::timed_out);
    CHECK(late.error().message().find("'nowhere'") != std::string::npos);

    CHECK(talk.expect(exactly("here")).has_value());
}

TEST_CASE("X13: the deadline and the end are alternatives, and errors when they are none")
{
    auto talk = shell("read line; echo bye");

    CHECK(talk.expect({*pattern::exact("nowhere"), pattern::timeout()}, 20ms)->alternative == 1);
    REQUIRE(talk.send_line(""));
    auto const ended = talk.expect({*pattern::exact("nowhere"), pattern::end()});
    REQUIRE(ended.has_value());
    CHECK(ended->alternative == 1);
    CHECK(talk.expect(exactly("nowhere")).error().code == asio::error::eof);
    CHECK(talk.expect(exactly("bye")).has_value());
    CHECK(talk.wait()->success());
}

TEST_CASE("X07: awaiting ends when everything that is required was seen")
{
    auto talk = shell("printf 'one two'; read line");
    std::string seen;
    for (auto const* word : {"one", "two"})
        REQUIRE(talk.program().expect(exactly(word), [&](expect::match const& m) { seen += m.text; }));

    CHECK(talk.await().has_value());
    CHECK(seen == "onetwo");
}

TEST_CASE("X07: awaiting fails when time is up, and at once when the output ends first")
{
    auto talk = shell("read line; echo bye");
    std::vector<expect::lapse> lapses;
    REQUIRE(talk.program().expect(exactly("nowhere"), nullptr,
                                  {.on_lapse = [&](expect::lapse why) { lapses.push_back(why); }}));

    CHECK(talk.await(20ms).error().code == asio::error::timed_out);
    CHECK(lapses.empty());
    REQUIRE(talk.send_line(""));
    CHECK(talk.await(1h).error().code == asio::error::eof);

    CHECK(lapses == std::vector{expect::lapse::ended});
}

TEST_CASE("X06: a deadline comes without any output")
{
    session::testing::driven_session driven("read line");
    std::optional<expect::lapse> lapsed;
    REQUIRE(driven.program.expect(exactly("nowhere"), nullptr,
                                  {.deadline = std::chrono::steady_clock::now() + 10ms,
                                   .on_lapse = [&](expect::lapse why) { lapsed = why; }}));

    REQUIRE(driven.run_until([&] { return lapsed.has_value(); }));

    CHECK(driven.output.empty());
    CHECK(*lapsed == expect::lapse::timed_out);
}

TEST_CASE("X13: a password is typed while nothing echoes it")
{
    auto talk =
        shell("printf 'Password: '; stty -echo; read line; stty echo; echo; echo \"${#line} letters\"");
    base::secret const password("hunter2");
    std::string everything;

    everything += talk.expect(exactly("Password: "))->before;
    REQUIRE(talk.send_secret(password));
    auto const rest = talk.expect({pattern::end()});
    REQUIRE(rest.has_value());
    CHECK(talk.expect(exactly("7 letters"))->before.find("hunter2") == std::string::npos);
}

asio::awaitable<void> count_to_three(session::dialogue* talk, int* steps)
{
    for (std::string const word : {"one", "two", "three"}) {
        auto patterns = exactly(word);
        auto const found = co_await talk->async_expect(std::move(patterns), 20s, expect::source::stream,
                                                       asio::use_awaitable);
        *steps += found.text == word ? 1 : 0;
        [[maybe_unused]] auto const why = talk->send_line("next");
    }
}

TEST_CASE("X07: a coroutine asks for one thing after the other")
{
    asio::io_context loop;
    auto program = session::session::start(loop.get_executor(),
                                           script("for w in one two three; do echo $w; read line; done"),
                                           std::make_unique<term::terminal>());
    REQUIRE(program.has_value());
    session::dialogue talk(*program);
    int steps = 0;
    bool done = false;

    asio::co_spawn(loop, count_to_three(&talk, &steps), [&](std::exception_ptr broken) { done = !broken; });
    while (!done && loop.run_one() > 0) {
    }

    CHECK(done);
    CHECK(steps == 3);
}

TEST_CASE("X07: a dialogue that ends leaves the output to the one who reads next, and cancels who waits")
{
    asio::io_context loop;
    auto program = session::session::start(loop.get_executor(), script("echo one; read line; echo two"),
                                           std::make_unique<term::terminal>());
    REQUIRE(program.has_value());
    std::optional<error_code> cancelled;
    {
        session::dialogue talk(*program);
        bool seen = false;
        talk.async_expect(exactly("one"), 20s, expect::source::stream,
                          [&](error_code, expect::match) { seen = true; });
        while (!seen)
            loop.run_one();
        talk.async_expect(exactly("nowhere"), 20s, expect::source::stream,
                          [&](error_code why, expect::match) { cancelled = why; });
        loop.poll();
    }
    std::string rest;
    std::function<void(error_code, base::byte_view)> read = [&](error_code why, base::byte_view bytes) {
        rest += base::text_of(bytes);
        if (!why)
            program->async_read(read);
    };
    program->async_read(read);
    CHECK_FALSE(program->write(base::bytes_of("\r")));
    loop.run();

    CHECK(cancelled == error_code(asio::error::operation_aborted));
    CHECK(rest.ends_with("two\r\n"));
}

}  // namespace
