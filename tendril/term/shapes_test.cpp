#include <tendril/term/shapes.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::term;

/// A cell of 8 by 16 with the boxes of @p character in it, one letter a unit.
std::vector<std::string> raster(char32_t character)
{
    std::vector<std::string> cell(16, std::string(8, '.'));
    for (auto const& each : shape_of(character, {.edges = shape_edges::whole_units}).boxes)
        for (auto y = static_cast<std::size_t>(each.top); y < static_cast<std::size_t>(each.bottom); ++y)
            for (auto x = static_cast<std::size_t>(each.left); x < static_cast<std::size_t>(each.right); ++x)
                cell.at(y).at(x) = '#';
    return cell;
}

std::string column(std::vector<std::string> const& cell, std::size_t x)
{
    std::string made;
    for (auto const& each : cell)
        made += each[x];
    return made;
}

using lines = std::vector<std::string>;

TEST_CASE("T04: lines of neighbouring cells meet: what leaves one cell enters the next")
{
    // Each pair are neighbours in a box somebody draws: left and right, or above and below.
    for (auto const& [left, right] : std::vector<std::pair<char32_t, char32_t>>{{U'┌', U'─'},
                                                                                {U'─', U'┐'},
                                                                                {U'├', U'┤'},
                                                                                {U'┏', U'━'},
                                                                                {U'━', U'┓'},
                                                                                {U'╔', U'═'},
                                                                                {U'═', U'╗'},
                                                                                {U'╠', U'╬'},
                                                                                {U'╼', U'━'},
                                                                                {U'─', U'╼'},
                                                                                {U'╞', U'╪'},
                                                                                {U'┝', U'╾'}})
        CHECK(column(raster(left), 7) == column(raster(right), 0));
    for (auto const& [above, below] : std::vector<std::pair<char32_t, char32_t>>{{U'┌', U'│'},
                                                                                 {U'│', U'└'},
                                                                                 {U'┏', U'┃'},
                                                                                 {U'╦', U'║'},
                                                                                 {U'║', U'╝'},
                                                                                 {U'╥', U'╫'},
                                                                                 {U'╽', U'┃'}})
        CHECK(raster(above).back() == raster(below).front());
}

TEST_CASE("T04: a double line turns its corner with an outer and an inner stroke")
{
    auto const corner = raster(U'╔');

    CHECK(lines(corner.begin() + 6, corner.begin() + 10) ==
          lines{"..######", "..#.....", "..#.####", "..#.#..."});
    auto const crossing = raster(U'╬');
    CHECK(lines(crossing.begin() + 5, crossing.begin() + 10) ==
          lines{"..#.#...", "###.####", "........", "###.####", "..#.#..."});
}

TEST_CASE("T04: a single line goes through a double one or ends at it, as the character says")
{
    CHECK(raster(U'╪')[7] == "...#....");
    CHECK(raster(U'╤')[7] == "........");
    CHECK(raster(U'╫')[7] == "########");
    CHECK(raster(U'╟')[7] == "..#.####");
}

TEST_CASE("T04: blocks are exact parts of the cell")
{
    CHECK(raster(U'█') == lines(16, "########"));
    CHECK(raster(U'▌') == lines(16, "####...."));
    CHECK(raster(U'▃')[9] == "........");
    CHECK(raster(U'▃')[10] == "########");
    CHECK(raster(U'▚').front() == "####....");
    CHECK(raster(U'▚').back() == "....####");
    CHECK(shape_of(U'▒', {}).opacity == 0.5);
}

TEST_CASE("T04: the sextants count through all patterns but those that were characters before")
{
    auto const pattern = [](char32_t character) {
        auto const cell = raster(character);
        return cell[1].substr(0, 1) + cell[1].substr(7) + cell[8].substr(0, 1) + cell[8].substr(7) +
               cell[15].substr(0, 1) + cell[15].substr(7);
    };
    CHECK(pattern(0x1FB00) == "#.....");
    CHECK(pattern(0x1FB13) == "..#.#.");
    CHECK(pattern(0x1FB14) == ".##.#.");  // U+258C is between the two
    CHECK(pattern(0x1FB27) == "#..#.#");
    CHECK(pattern(0x1FB28) == "##.#.#");  // and U+2590 between these
    CHECK(pattern(0x1FB3B) == ".#####");
}

TEST_CASE("T04: braille dots are where the bits say")
{
    CHECK(shape_of(0x2800, {}).boxes.empty());
    CHECK(shape_of(0x28FF, {}).boxes.size() == 8);
    auto const first = shape_of(0x2801, {}).boxes.at(0);
    CHECK(first.right < 4);
    CHECK(first.bottom < 4);
    auto const last = shape_of(0x2880, {}).boxes.at(0);
    CHECK(last.left > 4);
    CHECK(last.top > 12);
}

TEST_CASE("T04: an arc begins and ends where the straight lines do")
{
    for (auto const character : {U'╭', U'╮', U'╯', U'╰'}) {
        auto const arc = shape_of(character, {.edges = shape_edges::whole_units}).polygons.at(0);
        auto const holds = [&](double x, double y) {
            return std::ranges::any_of(arc, [&](point at) {
                return at.x > x - 0.01 && at.x < x + 0.01 && at.y > y - 0.01 && at.y < y + 0.01;
            });
        };
        auto const edge_x = character == U'╭' || character == U'╰' ? 8 : 0;
        auto const edge_y = character == U'╭' || character == U'╮' ? 16 : 0;
        CHECK(holds(edge_x, 7));
        CHECK(holds(edge_x, 8));
        CHECK(holds(3, edge_y));
        CHECK(holds(4, edge_y));
    }
}

TEST_CASE("T04: every character that has a shape stays inside its cell, at any size")
{
    for (auto const& cell : {shape_cell{}, shape_cell{8.4, 17, 1, shape_edges::exact},
                             shape_cell{24, 48, 3, shape_edges::whole_units}})
        for (char32_t each = 0x2300; each < 0x20000; ++each) {
            if (!has_shape(each))
                continue;
            auto const made = shape_of(each, cell);
            CAPTURE(static_cast<unsigned>(each));
            CHECK((each == 0x2800 || !made.boxes.empty() || !made.polygons.empty()));
            for (auto const& part : made.boxes) {
                CHECK((part.left >= 0 && part.top >= 0 && part.left < part.right && part.top < part.bottom));
                CHECK((part.right <= cell.width && part.bottom <= cell.height));
            }
            for (auto const& outline : made.polygons)
                for (auto const& at : outline)
                    CHECK((at.x > -0.01 && at.y > -0.01 && at.x < cell.width + 0.01 &&
                           at.y < cell.height + 0.01));
        }
}

}  // namespace
