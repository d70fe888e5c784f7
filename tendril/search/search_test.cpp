#include <tendril/search/search.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using search::direction;
using search::letter_case;
using search::query;

term::terminal fed(std::string_view bytes, term::grid_size size = {10, 3})
{
    term::terminal t(size);
    t.feed(base::bytes_of(bytes));
    return t;
}

/// Where matches begin and end: "line.column-line.column", one after the other.
std::string places(search::findings const& found)
{
    std::string text;
    for (auto const& each : found.matches)
        text += std::to_string(each.begin.line) + "." + std::to_string(each.begin.column) + "-" +
                std::to_string(each.end.line) + "." + std::to_string(each.end.column) + " ";
    return text;
}

std::string literal_places(term::terminal const& in, std::string_view text,
                           letter_case letters = letter_case::told_apart)
{
    return places(search::find_all(in, *query::literal(text, letters)));
}

std::string regex_places(term::terminal const& in, std::string_view expression)
{
    return places(search::find_all(in, *query::regex(expression)));
}

TEST_CASE("T13: text is found in history and screen, by line number and column")
{
    auto const t = fed("one two\r\ntwo\r\n3\r\n4\r\ntwo two");
    REQUIRE(t.top_line() == 2);

    CHECK(literal_places(t, "two") == "0.4-0.7 1.0-1.3 4.0-4.3 4.4-4.7 ");
    CHECK(literal_places(t, "none") == "");
    CHECK(regex_places(t, "^[a-z]+ (?=t)") == "0.0-0.4 4.0-4.4 ");
    CHECK(regex_places(t, "\\d$") == "2.0-2.1 3.0-3.1 ");
}

TEST_CASE("T13: a line that ran through the margin is one line, across history and screen too")
{
    auto const t = fed("0123456789abcdefghijklmnop\r\nx\r\ny", {10, 3});
    REQUIRE(t.top_line() == 2);

    CHECK(literal_places(t, "89ab") == "0.8-1.2 ");
    CHECK(literal_places(t, "hijklm") == "1.7-2.3 ");
    CHECK(regex_places(t, "^0.*p$") == "0.0-2.6 ");
    CHECK(literal_places(t, "px") == "");
}

TEST_CASE("T13: columns count cells, whatever the bytes of a character")
{
    auto const t = fed("a\u4e00b\u00e9c e\u0301x");

    CHECK(literal_places(t, "b") == "0.3-0.4 ");
    CHECK(literal_places(t, "\u4e00") == "0.1-0.3 ");
    CHECK(literal_places(t, "\u00e9c") == "0.4-0.6 ");
    CHECK(literal_places(t, "x") == "0.8-0.9 ");
    CHECK(literal_places(t, "a\u4e00") == "0.0-0.3 ");
    CHECK(literal_places(fed("012345678\u4e00\u4e00"), "8\u4e00") == "0.8-1.2 ");
}

TEST_CASE("T13: letters are folded on request, by Unicode, and text stays verbatim")
{
    auto const t = fed("Stra\u00dfe \u00c4 a.b");

    CHECK(literal_places(t, "\u00e4") == "");
    CHECK(literal_places(t, "\u00e4", letter_case::folded) == "0.7-0.8 ");
    CHECK(literal_places(t, "STRA", letter_case::folded) == "0.0-0.4 ");
    CHECK(literal_places(fed("axb a.b"), "A.B", letter_case::folded) == "0.4-0.7 ");
    CHECK(literal_places(fed("a\\Eb\\"), "a\\eb\\", letter_case::folded) == "0.0-0.5 ");
    CHECK(literal_places(fed("x\\Q\\E"), "\\q\\E", letter_case::folded) == "0.1-0.5 ");
}

TEST_CASE("T13: cells that were never written are blanks between words, trailing blanks are cut")
{
    auto const t = fed("a\x1b[4Cb   \r\n");

    CHECK(regex_places(t, "a {4}b$") == "0.0-0.6 ");
    CHECK(literal_places(t, "    ") == "0.1-0.5 ");
}

TEST_CASE("T13: groups are told, empty matches are none, and a limit ends the search")
{
    auto const t = fed("k=v k=w");
    auto const found = search::find_all(t, *query::regex("(k)=(.)"));
    REQUIRE(found.matches.size() == 2);
    CHECK(found.matches[1].groups == std::vector<std::string>{"k", "w"});
    CHECK(found.matches[1].text == "k=w");
    CHECK(found.is_complete);

    CHECK(regex_places(t, "x*") == "");
    auto const first = search::find_all(t, *query::literal("k"), {.most = 1});
    CHECK(places(first) == "0.0-0.1 ");
    CHECK_FALSE(first.is_complete);
}

TEST_CASE("T13: only the lines asked for are searched")
{
    auto const t = fed("x\r\nx\r\nx\r\nx");

    CHECK(places(search::find_all(t, *query::literal("x"), {.first_line = 1, .end_line = 3})) ==
          "1.0-1.1 2.0-2.1 ");
}

TEST_CASE("T13: the next match is found downwards and upwards")
{
    auto const t = fed("x x\r\n\r\nx\r\n\r\nx");
    auto const wanted = *query::literal("x");
    auto const next = [&](term::cell_place from, direction which) {
        auto const found = search::find_next(t, wanted, from, which);
        return found ? std::to_string(found->begin.line) + "." + std::to_string(found->begin.column) : "none";
    };

    CHECK(next({0, 0}, direction::down) == "0.2");
    CHECK(next({0, 2}, direction::down) == "2.0");
    CHECK(next({4, 0}, direction::down) == "none");
    CHECK(next({99, 0}, direction::down) == "none");
    CHECK(next({99, 0}, direction::up) == "4.0");
    CHECK(next({4, 0}, direction::up) == "2.0");
    CHECK(next({0, 2}, direction::up) == "0.0");
    CHECK(next({0, 0}, direction::up) == "none");
}

TEST_CASE("T13: the history does not run on into the alternate screen")
{
    auto t = fed("0123456789abcdefghijklmnopqrstuvwxyz");
    REQUIRE(t.top_line() == 1);
    t.feed(base::bytes_of("\x1b[?1049h\x1b[Habcd"));

    CHECK(literal_places(t, "9abcd") == "");
    CHECK(literal_places(t, "abcd") == "1.0-1.4 ");
}

TEST_CASE("T13: what cannot be looked for is refused, and a hostile expression gives up")
{
    CHECK_FALSE(query::literal("").has_value());
    CHECK_FALSE(query::literal("", letter_case::folded).has_value());
    CHECK_FALSE(query::regex("(").has_value());

    auto const t = fed(std::string(2000, 'a'), {80, 24});
    CHECK_FALSE(search::find_all(t, *query::regex("(a+a+)+[xy]")).is_complete);
}

}  // namespace
