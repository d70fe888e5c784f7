#include <tendril/expect/testing/noting_queue.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;
using tendril::base::bytes_of;
using tendril::expect::testing::noting_queue;
using tendril::expect::testing::raw;
using tendril::expect::testing::raw_sticky;
using tendril::expect::testing::strings;

TEST_CASE("X05: a stream expectation sees escape sequences, across any chunk border")
{
    std::string_view const output = "\x1b]0;my title\x07$ ";
    for (std::size_t cut = 0; cut <= output.size(); ++cut) {
        CAPTURE(cut);
        noting_queue f;
        f.expect("\x1b\\]0;(.*?)\x07", raw);

        f.stream(output.substr(0, cut));
        f.stream(output.substr(cut));

        CHECK(f.fired == strings{"\x1b]0;my title\x07"});
    }
}

TEST_CASE("X05: two stream expectations find their texts in one chunk, one after the other")
{
    noting_queue f;
    f.expect("login:", raw);
    f.expect("password:", raw);

    f.stream("login: eve\r\npassword: ");

    CHECK(f.fired == strings{"login:", "password:"});
}

TEST_CASE("X05: a stream expectation behind a screen expectation sees the same chunk")
{
    noting_queue f;
    f.expect("on screen");
    f.expect("in stream", raw);

    f.stream("on screen, in stream");
    f.screen("on screen, in stream");

    CHECK(f.fired == strings{"on screen", "in stream"});
}

TEST_CASE("X11: one piece of raw output is consumed by the match")
{
    noting_queue f;
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
    noting_queue f;
    f.expect("a", raw_sticky);

    f.stream("banana");

    CHECK(f.fired.size() == 3);
}

TEST_CASE("X10: a stream that never matches is not kept")
{
    noting_queue f;
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
    noting_queue f;
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
    noting_queue f;
    f.expect("begin[^e]*end", raw);

    f.stream("begin" + std::string(queue::stream_limit_bytes, 'x') + "end");
    CHECK(f.fired.empty());
    f.stream(" begin end");

    CHECK(f.fired == strings{"begin end"});
}

TEST_CASE("X10: an automaton that would not fit its memory finds the same")
{
    noting_queue f;
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
    noting_queue f;
    f.expect("abcd", raw_sticky);
    f.expect("b", raw);
    f.expect("c", raw);

    f.stream("abcd");

    CHECK(f.fired == strings{"b", "c", "abcd"});
}

TEST_CASE("X11: a match that began before its expectation had its turn is found when it ends")
{
    noting_queue f;
    f.expect("on screen");
    f.expect("in stream", raw);

    f.stream("on screen, in str");
    f.screen("on screen, in str");
    f.stream("eam");

    CHECK(f.fired == strings{"on screen", "in stream"});
}

TEST_CASE("X11: an optional and a required stream expectation do not share what one of them consumed")
{
    noting_queue f;
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

TEST_CASE("X13: the end of the output is the end of a line and of a word")
{
    noting_queue f;
    f.expect("done$", raw);

    f.stream("done");
    CHECK(f.fired.empty());
    f.waiting.on_end();

    CHECK(f.fired == strings{"done"});
}

TEST_CASE("X11: what could match nothing at all matches something or does not match")
{
    noting_queue f;
    f.expect("(?s)(X.*)?$", raw_sticky);
    f.expect("\\b|^|a*", raw_sticky);

    for (int i = 0; i < 20'000; ++i)  // an end that is reached by no byte must not cost a look at all bytes
        f.stream("no match here, as long as it goes on and on and on\n");
    CHECK(std::ranges::count(f.fired, "a") == 20'000 * 5);
    f.stream("aaX\n");

    CHECK(f.fired.back() == "X");
}

}  // namespace
