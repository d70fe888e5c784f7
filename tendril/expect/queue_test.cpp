#include <tendril/expect/queue.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
        return *waiting.expect(
            {*pattern::regex(expression)}, [this](match const& m) { fired.push_back(m.text); },
            std::move(how));
    }
    void stream(std::string_view bytes) { waiting.on_stream(bytes_of(bytes)); }
    void screen(std::string_view text, std::uint64_t top = 0, screen_kind kind = screen_kind::primary)
    {
        waiting.on_screen({text, top, kind});
    }
};

using strings = std::vector<std::string>;
options const sticky{.as = standing::sticky};
options const raw{.from = source::stream};
options const raw_sticky{.from = source::stream, .as = standing::sticky};

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

TEST_CASE("X10: what only a backtracking matcher can do is refused in a stream and works on the screen")
{
    fixture f;
    for (auto const* expression :
         {"(a)\\1", "a(?=b)", "(?<!a)b", "(?>a+)b", "a++b", "\\p{Lu}", "(a(?1)?b)"}) {
        CAPTURE(std::string(expression));
        CHECK_FALSE(f.waiting.expect({*pattern::regex(expression)}, nullptr, raw).has_value());
        CHECK(f.waiting.satisfied());
    }
    f.expect("(a)\\1");

    f.screen("baa");

    CHECK(f.fired == strings{"aa"});
}

TEST_CASE("X10: a match in the stream that is longer than what is kept is lost, and the search begins anew")
{
    fixture f;
    f.expect("begin[^e]*end", raw);

    f.stream("begin" + std::string(queue::stream_limit_bytes, 'x') + "end");
    CHECK(f.fired.empty());
    f.stream(" begin end");

    CHECK(f.fired == strings{"begin end"});
}

TEST_CASE("X10: an automaton that would not fit its memory finds the same")
{
    fixture f;
    f.expect("[ab]*a[ab]{14}c", raw);
    std::string text;
    for (unsigned i = 0, bits = 1; i < 100'000; ++i, bits = bits * 1664525U + 1013904223U)
        text += (bits >> 16 & 1U) != 0 ? 'a' : 'b';

    f.stream(text);
    f.stream("-b"
             "abbbbbbbbbbbbbbc");

    CHECK(f.fired == strings{"babbbbbbbbbbbbbbc"});
}

TEST_CASE("X05: bytes that are not UTF-8 match verbatim and as nothing else")
{
    queue waiting;
    strings fired;
    auto const note = [&](match const& m) { fired.push_back(m.text); };
    REQUIRE(waiting.expect({*pattern::exact("\xff\xfe")}, note, raw_sticky));
    REQUIRE(waiting.expect({*pattern::regex("n.me")}, note, raw_sticky));

    waiting.on_stream(bytes_of("n\xffme \xff"));
    waiting.on_stream(bytes_of("\xfe name"));

    CHECK(fired == strings{"\xff\xfe", "name"});
}

TEST_CASE("X11: a match in progress goes on when another one changes what is looked for")
{
    fixture f;
    f.expect("abcd", raw_sticky);
    f.expect("b", raw);
    f.expect("c", raw);

    f.stream("abcd");

    CHECK(f.fired == strings{"b", "c", "abcd"});
}

TEST_CASE("X11: a match that began before its expectation had its turn is found when it ends")
{
    fixture f;
    f.expect("on screen");
    f.expect("in stream", raw);

    f.stream("on screen, in str");
    f.screen("on screen, in str");
    f.stream("eam");

    CHECK(f.fired == strings{"on screen", "in stream"});
}

TEST_CASE("X11: an optional and a required stream expectation do not share what one of them consumed")
{
    fixture f;
    f.expect("a+b", {.from = source::stream, .as = standing::optional});
    f.expect("b.", raw);

    f.stream("aabb!");

    CHECK(f.fired == strings{"aab", "b!"});
}

TEST_CASE("X13: of many alternatives the earliest match wins, and the rest is before and after it")
{
    queue waiting;
    std::vector<match> got;
    auto const note = [&](match const& m) { got.push_back(m); };
    REQUIRE(waiting.expect(
        {*pattern::exact("password:"), *pattern::regex("(\\w+) in:"), *pattern::exact("$ ")}, note, raw));
    REQUIRE(waiting.expect({*pattern::exact("$ ")}, note, raw));

    waiting.on_stream(bytes_of("hello\r\nlog in: bye $ password:"));

    REQUIRE(got.size() == 2);
    CHECK(got[0].alternative == 1);
    CHECK(got[0].before == "hello\r\n");
    CHECK(got[0].text == "log in:");
    CHECK(got[0].groups == strings{"log"});
    CHECK(got[1].before == " bye ");
}

TEST_CASE("X13: the end of the output is an alternative like the others")
{
    queue waiting;
    std::vector<std::size_t> which;
    for (int i = 0; i < 2; ++i)
        REQUIRE(waiting.expect(
            {*pattern::exact("more"), pattern::end()},
            [&](match const& m) { which.push_back(m.alternative); }, raw));

    waiting.on_stream(bytes_of("more"));
    waiting.on_end();

    CHECK(which == std::vector<std::size_t>{0, 1});
}

TEST_CASE("X13: the end of the output is the end of a line and of a word")
{
    fixture f;
    f.expect("done$", raw);

    f.stream("done");
    CHECK(f.fired.empty());
    f.waiting.on_end();

    CHECK(f.fired == strings{"done"});
}

/// Which lapse each of some expectations had.
struct lapses {
    queue waiting;
    strings told;
    queue::clock::time_point start = queue::clock::now();

    void expect(std::string const& name, int seconds, standing as = standing::required)
    {
        auto const lapsed = [this, name](lapse why) {
            told.push_back(name + (why == lapse::ended ? " ended" : " timed out"));
        };
        REQUIRE(waiting.expect({*pattern::exact(name)}, [this, name](match const&) { told.push_back(name); },
                               {.from = source::stream,
                                .as = as,
                                .deadline = start + std::chrono::seconds(seconds),
                                .on_lapse = lapsed}));
    }
};

TEST_CASE("X06: an expectation is given up at its deadline, also while it waits for its turn; a sticky one "
          "never is")
{
    lapses f;
    f.expect("first", 5);
    f.expect("second", 2);
    f.expect("sticky", 1, standing::sticky);
    CHECK(f.waiting.next_deadline() == f.start + std::chrono::seconds(2));

    f.waiting.on_time(f.start + std::chrono::seconds(2));
    CHECK(f.told == strings{"second timed out"});
    f.waiting.on_time(f.start + std::chrono::seconds(9));
    f.waiting.on_stream(bytes_of("sticky"));

    CHECK(f.told == strings{"second timed out", "first timed out", "sticky"});
    CHECK_FALSE(f.waiting.next_deadline());
}

TEST_CASE("X06: when the first is given up the next gets its turn, from where it was registered")
{
    lapses f;
    f.expect("first", 1);
    f.expect("second", 5);
    f.waiting.on_stream(bytes_of("second"));
    CHECK(f.told.empty());

    f.waiting.on_time(f.start + std::chrono::seconds(1));

    CHECK(f.told == strings{"first timed out", "second"});
}

TEST_CASE("X13: the deadline is an alternative like the others")
{
    queue waiting;
    std::optional<std::size_t> which;
    REQUIRE(waiting.expect({*pattern::exact("a"), pattern::timeout()},
                           [&](match const& m) { which = m.alternative; },
                           {.deadline = queue::clock::time_point{}}));

    waiting.on_time(queue::clock::now());

    CHECK(which == 1);
}

TEST_CASE("X06: what still waits when the output ends is given up, once")
{
    lapses f;
    f.expect("first", 1);
    f.expect("second", 2, standing::optional);
    f.expect("sticky", 3, standing::sticky);

    f.waiting.on_end();
    f.waiting.on_end();

    CHECK(f.told == strings{"first ended", "second ended"});
    CHECK(f.waiting.satisfied());
}

TEST_CASE("X08: checking now gives the first up and forgets the others")
{
    lapses f;
    f.expect("first", 5);
    f.expect("second", 5);

    f.waiting.give_up_first();

    CHECK(f.told == strings{"first timed out"});
    CHECK(f.waiting.satisfied());
}

TEST_CASE("X09: the trace says line by line what waited, what matched where, and never what was there")
{
    fixture f;
    strings lines;
    f.waiting.trace_to([&](std::string_view line) { lines.emplace_back(line); });
    f.expect("pass.*:", raw);
    f.expect("b");

    f.stream("my password:");
    f.screen("a\nab");

    CHECK(lines == strings{"#1 'pass.*:' waits", "#2 'b' waits", "#1 'pass.*:' matches the stream at 3-12",
                           "#2 'b' matches the screen at line 1 column 1"});
}

TEST_CASE("X11: what could match nothing at all matches something or does not match")
{
    fixture f;
    f.expect("(?s)(X.*)?$", raw_sticky);
    f.expect("\\b|^|a*", raw_sticky);

    for (int i = 0; i < 20'000; ++i)  // an end that is reached by no byte must not cost a look at all bytes
        f.stream("no match here, as long as it goes on and on and on\n");
    CHECK(std::ranges::count(f.fired, "a") == 20'000 * 5);
    f.stream("aaX\n");

    CHECK(f.fired.back() == "X");
}

}  // namespace
