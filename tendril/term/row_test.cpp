#include <tendril/term/row.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::term;

constexpr int columns = 10;

cell wide(char32_t scalar)
{
    return {.style = {}, .shown = glyph::character(scalar, glyph::role::wide), .decoration = 0};
}

/// One letter a column: '.' nothing written, '<' and '>' the halves of a wide character.
std::string picture(row const& line)
{
    std::string text;
    for (int x = 0; x < columns; ++x) {
        auto const shown = line.at(x).shown;
        if (shown.part() == glyph::role::wide)
            text += '<';
        else if (shown.part() == glyph::role::tail)
            text += '>';
        else
            text += shown.is_blank() ? '.' : static_cast<char>(shown.value());
    }
    return text;
}

row sample()
{
    row line;
    line.put_latin(0, "ab", {});
    line.put(2, wide(U'\u4e00'));
    line.put(4, wide(U'\u4e01'));
    line.put_latin(6, "cd", {});
    return line;
}

TEST_CASE("T10: overwriting either half of a wide character blanks the other")
{
    auto line = sample();
    REQUIRE(picture(line) == "ab<><>cd..");

    line.put_latin(3, "x", {});
    CHECK(picture(line) == "ab.x<>cd..");
    line.put_latin(4, "y", {});
    CHECK(picture(line) == "ab.xy.cd..");
    line.put(1, wide(U'\u4e02'));
    CHECK(picture(line) == "a<>xy.cd..");
}

TEST_CASE("T10: erasing, inserting and removing keep wide characters whole")
{
    auto line = sample();
    line.erase(3, 5, columns, {});
    CHECK(picture(line) == "ab....cd..");

    line = sample();
    line.insert(3, 8, 1, {});
    CHECK(picture(line) == "ab...<>c..");

    line = sample();
    line.insert(1, 5, 1, {});
    CHECK(picture(line) == "a.b<>.cd..");

    line = sample();
    line.remove(1, 6, 2, {});
    CHECK(picture(line) == "a.<>..cd..");

    line = sample();
    line.truncate(5);
    CHECK(picture(line) == "ab<>......");

    line = sample();
    line.copy(sample(), 3, 7, 0);
    CHECK(picture(line) == ".<>c<>cd..");
}

TEST_CASE("T01: blanks behind the last written cell are not stored, whatever their background")
{
    rendition blue;
    blue.set_background(color::palette(4));
    auto line = sample();

    line.erase(2, columns, columns, blue);
    CHECK(line.used() == 2);
    CHECK(line.at(9).style == blue);
    CHECK(line.at(1).style == rendition());

    line.put_latin(5, "z", {});
    CHECK(line.at(4).style == blue);
    CHECK(picture(line) == "ab...z....");
}

}  // namespace
