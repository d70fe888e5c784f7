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

namespace {

using namespace tendril;

constexpr std::string_view pieces[] = {"\x1b[",
                                       "\x1b]",
                                       "\x1bP",
                                       "\x1b_",
                                       "\x1b\\",
                                       "\x07",
                                       "\x18",
                                       "\xc2\x9b",
                                       "\xe2\x82",
                                       "\x1b",
                                       "0;title",
                                       "8;;http://x",
                                       "?",
                                       ";",
                                       ":",
                                       "$",
                                       " ",
                                       "!p",
                                       "1",
                                       "2",
                                       "3",
                                       "7",
                                       "12",
                                       "80",
                                       "9999",
                                       "0",
                                       "m",
                                       "H",
                                       "J",
                                       "K",
                                       "L",
                                       "M",
                                       "P",
                                       "@",
                                       "X",
                                       "S",
                                       "T",
                                       "r",
                                       "s",
                                       "h",
                                       "l",
                                       "A",
                                       "B",
                                       "C",
                                       "D",
                                       "b",
                                       "d",
                                       "G",
                                       "\r",
                                       "\n",
                                       "\t",
                                       "\b",
                                       "text",
                                       "wider text",
                                       "\u4e00",
                                       "\u0301",
                                       "\U0001F469\u200d\U0001F4BB",
                                       "\uFE0F",
                                       "\u2764",
                                       "\U0001F1E9\U0001F1EA",
                                       "\u1100\u1161",
                                       "\x1b[?69h",
                                       "\x1b[?6h",
                                       "\x1b[4h",
                                       "\x1b[?7l",
                                       "\x1b[?1049h",
                                       "\x1b[?1049l",
                                       "\x1b[3;9s",
                                       "\x1b[2;4r",
                                       "\x1b"
                                       "7",
                                       "\x1b"
                                       "8",
                                       "\x1b"
                                       "c",
                                       "\x1bM",
                                       "\x1b(0",
                                       "\x0e",
                                       "\x1b#8",
                                       "\x1b[?45h",
                                       "\x1b[38;2;1;2;3m",
                                       "\x1b[58:5:9m",
                                       "\x1b[44m",
                                       "\x1b[1\"q",
                                       "\x1b[?2J",
                                       "\x1b[1;1;3;5$z",
                                       "\x1b[1;1;2;9;1;2;3;1$v",
                                       "\x1b[65;1;1;9;9$x",
                                       "\x1b[1;1;4;4;7$t",
                                       "\x1b[1;1;1;1;9;9*y",
                                       "\x1b[2'}",
                                       "\x1b[2 @",
                                       "\x1b[6n"};

std::string soup_of(std::mt19937& random, int count)
{
    std::string soup;
    for (int i = 0; i < count; ++i)
        soup += pieces[random() % std::size(pieces)];
    return soup;
}

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
