#include <tendril/term/svg.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

term::terminal fed(std::string_view bytes)
{
    term::terminal t({10, 2});
    t.feed(base::bytes_of(bytes));
    return t;
}

bool contains(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

TEST_CASE("T04: every run of a picture says where it stands and how long it is")
{
    auto const svg = term::svg_frame_body(fed("ab  cd\x1b[31mred"),
                                          {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK(contains(
        svg, "<text x=\"0\" y=\"13\" textLength=\"50.4\" lengthAdjust=\"spacingAndGlyphs\">ab  cd</text>"));
    CHECK(contains(svg, "<text x=\"50.4\" y=\"13\" textLength=\"25.2\""));
}

TEST_CASE("T04: neighbours on one background share a rectangle")
{
    auto const svg = term::svg_frame_body(fed("\x1b[48;2;1;1;1;31mab\x1b[32mcd"),
                                          {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK(contains(svg, "<rect x=\"0\" y=\"0\" width=\"33.6\" height=\"17\" fill=\"#010101\"/>"));
    CHECK(svg.find("<rect") == svg.rfind("<rect"));
}

TEST_CASE("T04: a picture is self-contained, escaped, and leads only to safe links")
{
    auto const svg = term::to_svg(fed("\x1b]2;<T>\x07<&\x1b]8;;javascript:x\x07y\x1b]8;;https://z\x07z"));

    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(contains(svg, "&lt;T&gt;"));
    CHECK(contains(svg, "&lt;&amp;"));
    CHECK(contains(svg, "<a href=\"https://z\">"));
    CHECK_FALSE(contains(svg, "javascript"));
    CHECK_FALSE(contains(svg, "<script"));
}

TEST_CASE("T04: the cursor is drawn in its shape and can be left out")
{
    auto t = fed("a\x1b[6 q");
    auto const bar = term::svg_frame_body(t, {});
    CHECK(contains(bar, "<rect x=\"8.4\" y=\"0\" width=\"2\" height=\"17\""));
    CHECK_FALSE(
        contains(term::svg_frame_body(t, {.title = {}, .cursor = term::cursor_drawing::left_out}), "<rect"));
}

TEST_CASE("T04: lines and blocks are paths that join, whatever the font; text between keeps its place")
{
    auto const svg = term::svg_frame_body(fed("\u250c\u2500\u2500ab\u2500\u2588\u2588"),
                                          {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK_FALSE(contains(svg, "\u2500"));
    CHECK(contains(svg, "M3.7 8h21.5v1h-21.5z"));    // the corner's arm and both lines are one box
    CHECK(contains(svg, "M50.4 0h16.8v17h-16.8z"));  // and so are both blocks
    CHECK(
        contains(svg, "<text x=\"25.2\" y=\"13\" textLength=\"16.8\" lengthAdjust=\"spacingAndGlyphs\">ab<"));
}

TEST_CASE("T04: a mark on a line-drawing character keeps both in the text")
{
    auto const svg =
        term::svg_frame_body(fed("\u2500\u0301"), {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK(contains(svg, ">\u2500\u0301</text>"));
}

TEST_CASE("T04: a shade is a see-through area of its own")
{
    auto const svg =
        term::svg_frame_body(fed("\u2592\u2588"), {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK(contains(svg, "<path shape-rendering=\"crispEdges\" d=\"M0 0h8.4v17h-8.4z\" fill=\"#d7dae0\" "
                        "fill-opacity=\"0.5\"/>"));
    CHECK(contains(svg, "d=\"M8.4 0h8.4v17h-8.4z\" fill=\"#d7dae0\"/>"));
}

TEST_CASE("T04: lines of double size are drawn large and cut where the screen ends")
{
    auto t = fed("abcdefgh\x1b#3\r\nabc\x1b#4");
    auto const svg = term::svg_frame_body(t, {.title = {}, .cursor = term::cursor_drawing::left_out});

    CHECK(contains(
        svg,
        "<svg y=\"0\" width=\"84\" height=\"17\" viewBox=\"0 0 42 8.5\" preserveAspectRatio=\"none\">"
        "<text x=\"0\" y=\"13\" textLength=\"42\" lengthAdjust=\"spacingAndGlyphs\">abcde</text></svg>"));
    CHECK(contains(svg, "<svg y=\"17\" width=\"84\" height=\"17\" viewBox=\"0 8.5 42 8.5\""));
    t.feed(tendril::base::bytes_of("\x1b#6"));
    CHECK(contains(term::svg_frame_body(t, {}), "viewBox=\"0 0 42 17\""));
}

}  // namespace
