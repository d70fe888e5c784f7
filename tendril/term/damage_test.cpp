#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// Feeds @p bytes and returns the rows that are marked as written to by it.
std::vector<int> written_by(term::terminal& t, std::string_view bytes)
{
    auto const seen = t.generation();
    t.feed(base::bytes_of(bytes));
    std::vector<int> rows;
    for (int y = 0; y < t.size().rows; ++y)
        if (t.line(y).generation() > seen)
            rows.push_back(y);
    return rows;
}

std::vector<std::uint64_t> identities(term::terminal const& t)
{
    std::vector<std::uint64_t> all;
    for (int y = 0; y < t.size().rows; ++y)
        all.push_back(t.line(y).identity());
    return all;
}

TEST_CASE("T05: only the rows that were written to are of a new generation")
{
    term::terminal t({10, 5});
    CHECK(written_by(t, "ab\r\ncd") == std::vector{0, 1});
    CHECK(written_by(t, "\x1b[4;2Hx") == std::vector{3});
    CHECK(written_by(t, "\x1b[2;1H\x1b[1m\x1b[c") == std::vector<int>{});
    CHECK(written_by(t, "\x1b[K") == std::vector{1});
}

TEST_CASE("T05: feeding nothing and resizing to the same size is no new generation")
{
    term::terminal t({10, 5});
    auto const before = t.generation();
    t.feed({});
    t.resize({10, 5});
    CHECK(t.generation() == before);
    t.resize({11, 5});
    CHECK(t.generation() > before);
}

TEST_CASE("T05: a line keeps its identity where scrolling takes it, and a blank one gets its own")
{
    term::terminal t({10, 5});
    written_by(t, "a\r\nb\r\nc\r\nd\r\ne");
    auto const before = identities(t);

    CHECK(written_by(t, "\n") == std::vector{4});
    auto const after = identities(t);
    CHECK(std::equal(before.begin() + 1, before.end(), after.begin()));
    CHECK(std::ranges::count(before, after.back()) == 0);

    written_by(t, "\x1b[2;4r\x1b[2H\x1bM");
    auto const inserted = identities(t);
    CHECK(inserted[0] == after[0]);
    CHECK(std::ranges::count(after, inserted[1]) == 0);
    CHECK(inserted[2] == after[1]);
    CHECK(inserted[3] == after[2]);
    CHECK(inserted[4] == after[4]);
}

TEST_CASE("T05: lines keep their order and identities however often the screen scrolls")
{
    term::terminal t({10, 3});
    for (int i = 0; i < 200; ++i) {
        auto const before = identities(t);
        t.feed(base::bytes_of(i % 7 == 3 ? std::string_view("\x1b[1;2r\x1b[S\x1b[r\x1b[3H")
                                         : std::string_view("\x1b[3H\nx")));
        auto const now = identities(t);
        CHECK(now[0] == before[1]);
        CHECK(now[i % 7 == 3 ? 2 : 1] == before[2]);
        CHECK(std::ranges::count(before, now[i % 7 == 3 ? 1 : 2]) == 0);
        if (i % 50 == 49) {
            auto const copy = t;
            CHECK(identities(copy) == now);
        }
    }
}

TEST_CASE("T05: no two lines share an identity, on either screen, after a reset or a resize")
{
    term::terminal t({10, 5});
    auto known = identities(t);
    for (std::string_view const bytes : {"\x1b[?1049h", "\n\n\n\n\n\n", "\x1b[?1049l",
                                         "\x1b"
                                         "c"}) {
        auto const previous = identities(t);
        t.feed(base::bytes_of(bytes));
        for (auto const each : identities(t)) {
            auto const fresh = std::ranges::count(known, each) == 0;
            auto const kept = std::ranges::count(previous, each) == 1;
            auto const back = bytes == "\x1b[?1049l";
            CHECK((fresh || kept || back));
            if (fresh)
                known.push_back(each);
        }
    }
    t.resize({10, 9});
    auto last = identities(t);
    std::ranges::sort(last);
    CHECK(std::ranges::adjacent_find(last) == last.end());
}

TEST_CASE("T05: after a reset every line is newer than what a viewer has seen")
{
    term::terminal t({10, 3});
    written_by(t, "a\r\nb");
    auto const before = identities(t);
    CHECK(written_by(t, "\x1b"
                        "c") == std::vector{0, 1, 2});
    for (auto const each : identities(t))
        CHECK(std::ranges::count(before, each) == 0);
}

}  // namespace
