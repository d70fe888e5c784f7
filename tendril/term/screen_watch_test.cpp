#include <tendril/term/screen_watch.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using term::screen_change;

TEST_CASE("T07: a watcher is told of cells, the cursor and scrolling, once, however many feeds it took")
{
    term::terminal t({10, 3});
    t.feed(base::bytes_of("before"));
    term::screen_watch watch(t);
    term::screen_watch other(t);
    auto const after = [&](std::string_view bytes) {
        t.feed(base::bytes_of(bytes));
        return watch.changes(t);
    };

    CHECK_FALSE(watch.changes(t).any());
    CHECK(after("x") == screen_change{.cells = true, .cursor = true});
    CHECK(watch.changes(t) == screen_change{});
    CHECK(after("\x1b[2;2H") == screen_change{.cursor = true});
    CHECK(after("\x1b[X") == screen_change{.cells = true});
    CHECK(after("\x1b[?25l") == screen_change{.cursor = true});
    CHECK(after("\x1b]2;title\x07\x1b[31m") == screen_change{});
    CHECK(after("\r\n\n\n") == screen_change{.cells = true, .cursor = true, .scrolled = 2});
    CHECK(after("\x1b[?47h") == screen_change{.cells = true});
    CHECK(after("\x1b[?47l\x1b[?47h") == screen_change{});
    t.resize({12, 3});
    CHECK(watch.changes(t).cells);
    CHECK(other.changes(t) == screen_change{.cells = true, .cursor = true, .scrolled = 2});
}

}  // namespace
