#include <tendril/expect/testing/noting_queue.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;
using tendril::expect::testing::noting_queue;
using tendril::expect::testing::raw;
using tendril::expect::testing::strings;

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
    noting_queue f;
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
    noting_queue f;
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
    noting_queue f;
    f.expect("host key", {.as = standing::optional});
    f.expect("password:");

    f.screen("password:");
    f.screen("password:\nhost key");

    CHECK(f.fired == strings{"password:"});
}

TEST_CASE("X04: an expectation can be put in front of the queue")
{
    noting_queue f;
    f.expect("b");
    f.expect("a", {.position = 0});

    f.screen("b");
    CHECK(f.fired.empty());
    f.screen("b a");

    CHECK(f.fired == strings{"a", "b"});
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

TEST_CASE("X09: the trace says line by line what waited, what matched where, and never what was there")
{
    noting_queue f;
    strings lines;
    f.waiting.trace_to([&](std::string_view line) { lines.emplace_back(line); });
    f.expect("pass.*:", raw);
    f.expect("b");

    f.stream("my password:");
    f.screen("a\nab");

    CHECK(lines == strings{"#1 'pass.*:' waits", "#2 'b' waits", "#1 'pass.*:' matches the stream at 3-12",
                           "#2 'b' matches the screen at line 1 column 1"});
}

}  // namespace
