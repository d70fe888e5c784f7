#include <tendril/picture/screen.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using term::rgb;

constexpr rgb black{0, 0, 0};
constexpr rgb red{255, 0, 0};
constexpr std::string_view red_on_black = "\x1b[38;2;255;0;0;48;2;0;0;0m";

picture::canvas drawn(std::string_view bytes, int scale = 1, term::grid_size size = {8, 2})
{
    term::terminal t(size);
    t.feed(base::bytes_of(bytes));
    return *picture::draw_screen(t, {.scale = scale, .cursor = term::cursor_drawing::left_out});
}

std::vector<rgb> cell(picture::canvas const& of, int column, int row = 0, int scale = 1)
{
    std::vector<rgb> pixels;
    for (int y = 0; y < 16 * scale; ++y)
        for (int x = 0; x < 8 * scale; ++x)
            pixels.push_back(of.at(column * 8 * scale + x, row * 16 * scale + y));
    return pixels;
}

/// How many pixels of a cell are not @p ground.
long ink(picture::canvas const& of, int column, rgb ground = black, int row = 0)
{
    auto const pixels = cell(of, column, row);
    return std::ranges::count_if(pixels, [&](rgb each) { return !(each == ground); });
}

TEST_CASE("T04: a picture is as large as its cells times the scale, and refused beyond all reason")
{
    for (auto const scale : {1, 2, 8}) {
        auto const made = drawn("x", scale);
        CHECK(made.width() == 8 * 8 * scale);
        CHECK(made.height() == 2 * 16 * scale);
    }
    CHECK_FALSE(picture::draw_screen(term::terminal({80, 24}), {.scale = 0}));
    CHECK_FALSE(picture::draw_screen(term::terminal({80, 24}), {.scale = 9}));
    CHECK_FALSE(picture::draw_screen(term::terminal({4096, 4096}), {.scale = 1}));
}

TEST_CASE("T04: cells have the colours of the terminal: ground, reverse, hidden, faint")
{
    auto const t = drawn("\x1b[38;2;255;0;0;48;2;0;0;255m \x1b[7m \x1b[27;8mX\x1b[28;2m\u2588");

    CHECK(cell(t, 0) == std::vector<rgb>(128, rgb{0, 0, 255}));
    CHECK(cell(t, 1) == std::vector<rgb>(128, red));
    CHECK(cell(t, 2) == std::vector<rgb>(128, rgb{0, 0, 255}));
    CHECK(cell(t, 3) == std::vector<rgb>(128, rgb{153, 0, 102}));
}

TEST_CASE("T04: characters differ, and so do bold and slanted ones")
{
    auto const t = drawn(std::string(red_on_black) + "ABA\x1b[1mA\x1b[22;3mA\x1b[m");

    CHECK(ink(t, 0) > 10);
    CHECK(cell(t, 0) == cell(t, 2));
    CHECK(cell(t, 0) != cell(t, 1));
    CHECK(cell(t, 0) != cell(t, 3));
    CHECK(cell(t, 0) != cell(t, 4));
}

TEST_CASE("T04: a box joins: its lines run through the cells' edges without a gap")
{
    auto const t = drawn(std::string(red_on_black) + "\u250c\u2500\u2510\r\n\u2514\u2500\u2518", 2);

    for (int x = 8; x < 3 * 16 - 8; ++x)
        CHECK(t.at(x, 15) == red);
    for (int y = 16; y < 2 * 32 - 16; ++y)
        CHECK(t.at(7, y) == red);
    CHECK(t.at(24, 8) == black);
}

TEST_CASE("T04: wide characters fill two cells, marks are drawn over what they belong to")
{
    auto const t = drawn(std::string(red_on_black) + "\u4e2dee\u0301x\u0323\u2192\u0301");

    CHECK(ink(t, 0) > 10);
    CHECK(ink(t, 1) > 10);
    CHECK(ink(t, 3) > ink(t, 2));
    CHECK(ink(t, 4) > 10);
}

TEST_CASE("T04: what no font has is an empty box, and what is not to be seen is not drawn")
{
    auto const t = drawn(std::string(red_on_black) + "\uf000A\ufe0e");

    CHECK(ink(t, 0) > 20);
    CHECK(cell(t, 1) == cell(drawn(std::string(red_on_black) + "A"), 0));
}

TEST_CASE("T04: underlines have their styles and their colour, strike and overline the text's")
{
    auto const lines =
        drawn("\x1b[48;2;0;0;0;58;2;255;0;0m\x1b[4m \x1b[4:2m \x1b[4:3m \x1b[4:4m \x1b[4:5m \x1b[m");
    auto const of_row = [&](int column, int y) {
        std::string made;
        for (int x = 0; x < 8; ++x)
            made += lines.at(8 * column + x, y) == red ? '#' : '.';
        return made;
    };
    CHECK(of_row(0, 14) == "########");
    CHECK(of_row(1, 13) == "########");
    CHECK(of_row(1, 14) == "........");
    CHECK(of_row(1, 15) == "########");
    CHECK(ink(lines, 2) > 8);
    CHECK(of_row(3, 14) == "#.#.#.#.");
    CHECK(of_row(4, 14) == "###.###.");

    auto const across = drawn(std::string(red_on_black) + "\x1b[9m \x1b[29;53m ");
    CHECK(across.at(0, 9) == red);
    CHECK(across.at(8, 0) == red);
    CHECK(ink(across, 0) == 8);
    CHECK(ink(across, 1) == 8);
}

TEST_CASE("T04: lines of double size are drawn large, each half of a double height in its line")
{
    std::string const letter = std::string(red_on_black) + "\u2580";  // upper half block
    auto const wide = drawn(letter + "\x1b#6");
    CHECK(wide.at(15, 0) == red);
    CHECK(wide.at(16, 0) != red);
    CHECK(wide.at(15, 8) == black);

    auto const high = drawn(letter + "\x1b#3\r\n" + letter + "\x1b#4");
    CHECK(high.at(15, 15) == red);
    CHECK(high.at(15, 16) == black);
    auto const text = drawn("A\x1b#3\r\nA\x1b#4");
    CHECK(ink(text, 0, rgb{0, 0, 0}) > 5);
    CHECK(ink(text, 0, rgb{0, 0, 0}, 1) > 5);
}

TEST_CASE("T04: the cursor is drawn in its shape unless it is hidden or left out")
{
    term::terminal t({4, 1});
    auto const cursor = t.palette(term::dynamic_cursor);
    auto const pixels = [&] { return *picture::draw_screen(t, {.scale = 1}); };
    CHECK(cell(pixels(), 0) == std::vector<rgb>(128, cursor));

    t.feed(base::bytes_of("\x1b[4 q"));
    CHECK(ink(pixels(), 0, t.palette(term::dynamic_background)) == 16);
    t.feed(base::bytes_of("\x1b[6 q"));
    CHECK(ink(pixels(), 0, t.palette(term::dynamic_background)) == 32);
    t.feed(base::bytes_of("\x1b[?25l"));
    CHECK(ink(pixels(), 0, t.palette(term::dynamic_background)) == 0);
}

TEST_CASE("T04: the screen reversed as a whole is drawn so")
{
    term::terminal t({4, 1});
    t.feed(base::bytes_of("\x1b[?25l\x1b[?5h"));
    CHECK(cell(*picture::draw_screen(t, {.scale = 1}), 3) ==
          std::vector<rgb>(128, t.palette(term::dynamic_foreground)));
}

TEST_CASE("T04: every character can be drawn, in every look, alone and with marks")
{
    constexpr std::array<std::string_view, 4> looks{"\x1b[m", "\x1b[1m", "\x1b[3m", "\x1b[1;3;4:3m\x1b#6"};
    char32_t next = U' ';
    for (std::size_t screen = 0; next < 0x20000; ++screen) {
        std::string text(looks[screen % looks.size()]);
        for (int i = 0; i < 4000; ++i, next += next < 0xAC00 || next > 0xD7A3 ? 1 : 97) {
            vt::append_utf8(text, next);
            if (i % 7 == 0)
                text += "\u0301\u200d\U0001f3fb";
        }
        term::terminal t({100, 50});
        t.feed(base::bytes_of(text));
        auto const made = picture::draw_screen(t, {.scale = 1});
        REQUIRE(made);
        CHECK(made->width() == 800);
    }
}

}  // namespace
