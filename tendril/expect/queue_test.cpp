#include <tendril/expect/queue.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;
using tendril::base::bytes_of;

/// A queue that notes what fired.
struct fixture {
    queue waiting;
    std::vector<std::string> fired;

    reference expect(std::string_view expression, options how = {})
    {
        return waiting.expect(
            {*pattern::regex(expression)}, [this](match const& m) { fired.push_back(m.text); }, how);
    }
    void stream(std::string_view bytes) { waiting.on_stream(bytes_of(bytes)); }
    void screen(std::string_view text, std::uint64_t top = 0, screen_kind kind = screen_kind::primary)
    {
        waiting.on_screen({text, top, kind});
    }
};

using strings = std::vector<std::string>;
constexpr options sticky{.as = standing::sticky};
constexpr options raw{.from = source::stream};
constexpr options raw_sticky{.from = source::stream, .as = standing::sticky};

TEST_CASE("X01: the callback gets the text, the groups, the line and which alternative matched")
{
    queue waiting;
    match got;
    waiting.expect({*pattern::exact("denied"), *pattern::regex("user (\\w+)")},
                   [&](match const& m) { got = m; });

    waiting.on_screen({"hello\nthe user eve is in\n"});

    CHECK(got.alternative == 1);
    CHECK(got.text == "user eve");
    CHECK(got.groups == strings{"eve"});
    CHECK(got.line == "the user eve is in");
}

TEST_CASE("X02: a removed expectation is not looked for, and removal says whether there was one")
{
    fixture f;
    auto const ref = f.expect("a");
    CHECK(f.waiting.unexpect(ref));
    CHECK_FALSE(f.waiting.unexpect(ref));
    f.expect("b");
    f.waiting.unexpect_all();

    f.screen("a b");

    CHECK(f.fired.empty());
    CHECK(f.waiting.satisfied());
}

TEST_CASE("X03: only the first required expectation is looked for, the next one after it, in one update")
{
    fixture f;
    f.expect("second");
    f.expect("first");

    f.screen("first");
    CHECK(f.fired.empty());
    f.screen("first\nsecond");

    CHECK(f.fired == strings{"second", "first"});
    CHECK(f.waiting.satisfied());
}

TEST_CASE("X03: an optional expectation lets the next be looked for and goes with it")
{
    fixture f;
    f.expect("host key", {.as = standing::optional});
    f.expect("password:");

    f.screen("password:");
    f.screen("password:\nhost key");

    CHECK(f.fired == strings{"password:"});
}

TEST_CASE("X04: an expectation can be put in front of the queue")
{
    fixture f;
    f.expect("b");
    f.expect("a", {.position = 0});

    f.screen("b");
    CHECK(f.fired.empty());
    f.screen("b a");

    CHECK(f.fired == strings{"a", "b"});
}

TEST_CASE("X05: a stream expectation sees escape sequences, across any chunk border")
{
    std::string_view const output = "\x1b]0;my title\x07$ ";
    for (std::size_t cut = 0; cut <= output.size(); ++cut) {
        CAPTURE(cut);
        fixture f;
        f.expect("\x1b\\]0;(.*?)\x07", raw);

        f.stream(output.substr(0, cut));
        f.stream(output.substr(cut));

        CHECK(f.fired == strings{"\x1b]0;my title\x07"});
    }
}

TEST_CASE("X05: two stream expectations find their texts in one chunk, one after the other")
{
    fixture f;
    f.expect("login:", raw);
    f.expect("password:", raw);

    f.stream("login: eve\r\npassword: ");

    CHECK(f.fired == strings{"login:", "password:"});
}

TEST_CASE("X05: a stream expectation behind a screen expectation sees the same chunk")
{
    fixture f;
    f.expect("on screen");
    f.expect("in stream", raw);

    f.stream("on screen, in stream");
    f.screen("on screen, in stream");

    CHECK(f.fired == strings{"on screen", "in stream"});
}

TEST_CASE("X11: one piece of raw output is consumed by the match")
{
    fixture f;
    f.expect("word", raw);
    f.expect("word", raw);

    f.stream("wo");
    f.stream("rd ");
    CHECK(f.fired.size() == 1);
    f.stream("word");

    CHECK(f.fired.size() == 2);
}

TEST_CASE("X11: a sticky stream expectation fires for every occurrence")
{
    fixture f;
    f.expect("a", raw_sticky);

    f.stream("banana");

    CHECK(f.fired.size() == 3);
}

TEST_CASE("X11: text that stays on the screen, or scrolls up, fires once")
{
    fixture f;
    f.expect("password:", sticky);

    f.screen("x\npassword:", 0);
    f.screen("x\npassword:", 0);
    f.screen("password:\nwrong", 1);

    CHECK(f.fired.size() == 1);
}

TEST_CASE("X11: the same text on another line, or drawn anew, is a new appearance")
{
    fixture f;
    f.expect("password:", sticky);

    f.screen("password:");
    f.screen("password:\npassword:");
    CHECK(f.fired.size() == 2);
    f.screen("");
    f.screen("password:");

    CHECK(f.fired.size() == 3);
}

TEST_CASE("X11: a prompt that comes back with the primary screen is not answered again")
{
    fixture f;
    f.expect("password:", sticky);

    f.screen("password:");
    f.screen("an editor", 0, screen_kind::alternate);
    f.screen("password:");

    CHECK(f.fired.size() == 1);
}

TEST_CASE("X11: one prompt on the screen answers one of two equal expectations")
{
    fixture f;
    f.expect("password:");
    f.expect("password:");

    f.screen("New password:");
    CHECK(f.fired.size() == 1);
    f.screen("New password:\nRetype new password:");

    CHECK(f.fired.size() == 2);
}

TEST_CASE("X11: an answer echoed behind a greedy pattern does not fire it again")
{
    fixture f;
    f.expect("sure.*", sticky);

    f.screen("sure (yes/no)?");
    f.screen("sure (yes/no)? yes");

    CHECK(f.fired.size() == 1);
}

TEST_CASE("X01: a callback may register and remove expectations, also its own")
{
    queue waiting;
    strings fired;
    waiting.expect({*pattern::exact("one")}, [&](match const&) {
        waiting.unexpect_all();
        waiting.expect({*pattern::exact("two")}, [&](match const& m) { fired.push_back(m.text); });
    });

    waiting.on_screen({"one two"});

    CHECK(fired == strings{"two"});
}

TEST_CASE("X10: a stream that never matches is not kept")
{
    fixture f;
    f.expect("(?s)begin.*end", raw);
    std::string const piece = "begin" + std::string(100'000, 'x');

    for (int i = 0; i < 40; ++i)
        f.stream(piece);
    f.stream("begin end");

    CHECK(f.fired.size() == 1);
    CHECK(f.fired.front().size() <= 1024 * 1024);
}

}  // namespace
