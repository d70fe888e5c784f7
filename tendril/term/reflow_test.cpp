#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// The text of a terminal by logical lines, and how many characters stand before the cursor.
struct text_and_cursor {
    std::vector<std::string> lines;
    std::size_t before_cursor = 0;

    bool operator==(text_and_cursor const&) const = default;
};

text_and_cursor text_of(term::terminal const& t)
{
    text_and_cursor found;
    std::string line;
    std::size_t characters = 0;
    auto const at = t.cursor();
    auto const add = [&](term::row const& from, int y) {
        for (int x = 0; x < from.used(); ++x) {
            if (y == at.row && x == at.column + (at.pending_wrap ? 1 : 0))
                found.before_cursor = characters;
            auto const shown = from.at(x).shown;
            t.append_text(shown, line);
            characters += shown.part() != term::glyph::role::tail ? 1u : 0u;
        }
        if (y == at.row && at.column + (at.pending_wrap ? 1 : 0) >= from.used())
            found.before_cursor = characters;
        if (!from.wrapped()) {
            found.lines.push_back(line);
            line.clear();
        }
    };
    term::row scratch;
    for (std::size_t i = 0; i < t.scrollback().size(); ++i) {
        t.scrollback().read(i, scratch);
        add(scratch, -1);
    }
    for (int y = 0; y < t.size().rows; ++y)
        add(t.line(y), y);
    found.lines.push_back(line);
    while (!found.lines.empty() && found.lines.back().empty())
        found.lines.pop_back();
    return found;
}

/// Printed text as programs that know no columns write it: words, wide characters, marks, colours, line ends.
std::string printed(std::mt19937& random, int pieces)
{
    constexpr std::string_view words[] = {"a",
                                          "some words ",
                                          "\u4e00\u4e01",
                                          "e\u0301",
                                          "\U0001F469\u200d\U0001F4BB",
                                          "\x1b[1m",
                                          "\x1b[38;5;9m",
                                          "\x1b[m",
                                          "x y",
                                          "\r\n",
                                          "\r\n",
                                          "long-long-long-long-word",
                                          "\x1b]8;;http://x\x1b\\l\x1b]8;;\x1b\\"};
    std::string text;
    for (int i = 0; i < pieces; ++i)
        text += words[random() % std::size(words)];
    return text;
}

term::grid_size random_size(std::mt19937& random)
{
    return {static_cast<std::uint16_t>(2 + random() % 40), static_cast<std::uint16_t>(1 + random() % 12)};
}

TEST_CASE("T09: whatever the widths, logical lines keep their text and the cursor its character")
{
    std::mt19937 random(17);
    for (int round = 0; round < 600; ++round) {
        term::terminal t(random_size(random), {.history_lines = 100'000});
        for (int turn = 0; turn < 6; ++turn) {
            t.feed(base::bytes_of(printed(random, 40)));
            auto const before = text_of(t);
            t.resize(random_size(random));
            auto const after = text_of(t);
            REQUIRE(after.lines == before.lines);
            REQUIRE(after.before_cursor == before.before_cursor);
        }
    }
}

TEST_CASE("T09: a full screen that is made narrow or wide and back shows the same")
{
    std::mt19937 random(18);
    for (int round = 0; round < 300; ++round) {
        auto const size = random_size(random);
        term::terminal t(size, {.history_lines = 100'000});
        std::string start;
        for (int i = 0; i < size.rows; ++i)
            start += "x\r\n";
        t.feed(base::bytes_of(start + printed(random, 60)));
        auto const screen = t.dump();
        auto const at = t.cursor();
        auto const above = t.scrollback().size();
        t.resize({random_size(random).columns, size.rows});
        t.resize(size);
        REQUIRE(t.dump() == screen);
        CHECK(t.cursor().row == at.row);
        CHECK(t.cursor().column == at.column);
        CHECK(t.scrollback().size() == above);
    }
}

TEST_CASE("T09: styles, links and the marks of lines go with the text")
{
    term::terminal t({6, 3});
    t.feed(base::bytes_of("\x1b[31mred\x1b[m\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"));
    t.resize({4, 3});
    CHECK(t.line(0).at(2).style.foreground() == term::color::palette(1));
    CHECK(t.line(0).at(3).style == term::rendition());
    REQUIRE(t.link_of(t.line(0).at(3)) != nullptr);
    REQUIRE(t.link_of(t.line(1).at(2)) != nullptr);
    CHECK(t.line(0).wrapped());
    CHECK_FALSE(t.line(1).wrapped());
}

TEST_CASE("T09: a host may have lines cut instead")
{
    term::terminal t({6, 2}, {.on_resize = term::resize_policy::clip});
    t.feed(base::bytes_of("abc\u4e00d"));
    t.resize({4, 2});
    CHECK(t.dump() == std::vector<std::string>{"abc", ""});
    CHECK(t.cursor().column == 3);
}

TEST_CASE("T09: lines are numbered on when the history grows, and the screen's first stays when it does not")
{
    term::terminal t({8, 2});
    t.feed(base::bytes_of("12345678\r\nab\r\ncd\r\nef"));
    auto const top = t.top_line();
    t.resize({9, 2});
    CHECK(t.top_line() == top);
    t.resize({4, 2});
    CHECK(t.top_line() == top + 1);
    t.resize({8, 2});
    CHECK(t.top_line() == top + 1);
}

TEST_CASE("T09: lines that kept their width while there was one column are laid out whole afterwards")
{
    term::terminal t({6, 2});
    t.feed(base::bytes_of("ab\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80xyz\r\nlong\r\n1\r\n2"));
    t.resize({1, 2});
    t.resize({3, 2});
    t.resize({8, 2});
    auto const above = term::scrollback_text(t, term::blanks::cut);
    std::string text;
    for (auto const& line : above)
        text += line + "|";
    CHECK(text.find("ab\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80") != std::string::npos);
    CHECK(text.find("xyz") != std::string::npos);
    CHECK(text.find("long") != std::string::npos);
}

}  // namespace
