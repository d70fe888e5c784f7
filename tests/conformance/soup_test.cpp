#include <tendril/term/html.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/leave.hpp>
#include <tendril/term/repaint.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/soup.hpp>

namespace {

using namespace tendril;
using conformance::soup_of;

/// Halves of wide characters are always pairs, and nothing is stored beyond the width.
void check_pairs(term::terminal const& t)
{
    for (int y = 0; y < t.size().rows; ++y) {
        auto const& line = t.line(y);
        REQUIRE(line.used() <= t.size().columns);
        for (int x = 0; x < line.used(); ++x) {
            auto const wide = line.at(x).shown.part() == term::glyph::role::wide;
            auto const followed = line.at(x + 1).shown.part() == term::glyph::role::tail;
            REQUIRE(wide == followed);
        }
    }
}

TEST_CASE("T01: random soup gives the same state, replies and events in any chunking")
{
    std::mt19937 random(2024);
    for (int round = 0; round < 400; ++round) {
        term::grid_size const size{static_cast<std::uint16_t>(1 + random() % 20),
                                   static_cast<std::uint16_t>(1 + random() % 8)};
        auto const soup = soup_of(random, 120);
        term::terminal whole(size, {.history_lines = 20});
        term::terminal cut(size, {.history_lines = 20});
        whole.feed(base::bytes_of(soup));
        for (std::string_view rest = soup; !rest.empty();) {
            auto const count = std::min<std::size_t>(1 + random() % 6, rest.size());
            cut.feed(base::bytes_of(rest.substr(0, count)));
            rest.remove_prefix(count);
        }
        CAPTURE(soup);
        REQUIRE(term::to_json(cut, term::line_detail::cells, cut.take_replies(), cut.take_events()) ==
                term::to_json(whole, term::line_detail::cells, whole.take_replies(), whole.take_events()));
        check_pairs(whole);
    }
}

TEST_CASE("T01: random soup with resizes in between keeps wide characters whole and every renderer going")
{
    std::mt19937 random(99);
    for (int round = 0; round < 150; ++round) {
        term::terminal t({10, 5}, {.history_lines = 10});
        for (int turn = 0; turn < 12; ++turn) {
            t.feed(base::bytes_of(soup_of(random, 30)));
            check_pairs(t);
            t.resize({static_cast<std::uint16_t>(random() % 30), static_cast<std::uint16_t>(random() % 12)});
            check_pairs(t);
            auto const at = t.cursor();
            REQUIRE(at.column < t.size().columns);
            REQUIRE(at.row < t.size().rows);
        }
        CHECK_FALSE(term::to_html_page(t, term::cursor_drawing::shown).empty());
        CHECK_FALSE(term::to_svg(t).empty());
        auto copy = t;
        copy.feed(base::bytes_of("\x18" + term::leave_sequence(t)));
        CHECK(term::leave_sequence(copy) == "");
    }
}

TEST_CASE("T06: whatever soup left behind, a repaint brings another terminal to the same cells and cursor")
{
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        term::grid_size const size{static_cast<std::uint16_t>(2 + random() % 20),
                                   static_cast<std::uint16_t>(1 + random() % 8)};
        auto const soup = soup_of(random, 80);
        term::terminal from(size, {.history_lines = 0});
        from.feed(base::bytes_of(soup));
        term::terminal to(size, {.history_lines = 0});
        to.feed(base::bytes_of(soup_of(random, 20) + "\x18"));
        to.feed(base::bytes_of(term::repaint_sequence(from)));
        CAPTURE(soup);
        REQUIRE(to.cursor() == from.cursor());
        REQUIRE(term::screen_text(to, term::blanks::written) ==
                term::screen_text(from, term::blanks::written));
        for (int y = 0; y < size.rows; ++y)
            for (int x = 0; x < size.columns; ++x)
                REQUIRE(to.line(y).at(x).style == from.line(y).at(x).style);
    }
}

}  // namespace
