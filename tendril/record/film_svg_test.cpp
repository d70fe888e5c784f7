#include <tendril/record/film_svg.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

std::string film_of(std::vector<event> events, screen_size size = {20, 3})
{
    header head;
    head.size = size;
    auto const film = timeline({head, std::move(events), {}}).frames();
    tendril::term::svg_options options;
    options.title = "a <title>";
    options.cursor = tendril::term::cursor_drawing::left_out;
    return film_svg(film, options);
}

event output(moment when, std::string text)
{
    return {when, event_kind::output, std::move(text)};
}

std::size_t count(std::string_view text, std::string_view what)
{
    std::size_t found = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size()))
        ++found;
    return found;
}

TEST_CASE("L08: a moving picture draws a line once for all frames in which it is the same")
{
    auto const svg = film_of({output(0s, "first\r\n"), output(1s, "second\r\n"), output(2s, "third")});

    CHECK(count(svg, ">first<") == 1);
    CHECK(count(svg, ">second<") == 1);
    CHECK(count(svg, "@keyframes") == 2);  // the first line is always seen
}

TEST_CASE("L08: lines appear and disappear at their times, idle time cut, and the end is held")
{
    // Two seconds of film and three on which the last frame stays.
    auto const svg = film_of({output(0s, "one"), output(1s, "\rtwo"), output(2s, "\rend")});

    CHECK(svg.find("animation:5.000000s step-end infinite") != svg.npos);
    CHECK(svg.find("{0.000%{visibility:visible}20.000%{visibility:hidden}}") != svg.npos);
    CHECK(svg.find("{0.000%{visibility:hidden}20.000%{visibility:visible}40.000%{visibility:hidden}}") !=
          svg.npos);
    CHECK(svg.find("{0.000%{visibility:hidden}40.000%{visibility:visible}}") != svg.npos);
}

TEST_CASE("L08: without animation the last frame is seen and no other")
{
    auto const svg = film_of({output(0s, "one"), output(1s, "\rend")});

    CHECK(count(svg, "<g class=\"f ") == 1);
    CHECK(count(svg, "<g class=\"l ") == 1);
    CHECK(svg.find("<g class=\"l ") < svg.find(">end<"));
    CHECK(svg.find("prefers-reduced-motion") != svg.npos);
}

TEST_CASE("L08: a moving picture loads nothing and runs nothing, whatever the recording says")
{
    auto const svg =
        film_of({output(0s, "<script>alert(1)</script>\x1b]8;;javascript:x\x1b\\y\x1b]8;;\x1b\\")}, {60, 3});

    CHECK(svg.find("<script") == svg.npos);
    CHECK(svg.find("javascript:") == svg.npos);
    CHECK(svg.find("@import") == svg.npos);
    CHECK(svg.find("url(") == svg.npos);
    CHECK(svg.find("a &lt;title&gt;") != svg.npos);
}

TEST_CASE("L08: the picture is as large as the largest screen of the film")
{
    auto const small = film_of({output(0s, "a")});
    auto const grown =
        film_of({output(0s, "a"), {1s, event_kind::resize, "40x10", {40, 10}}, output(2s, "b")});
    auto const large = film_of({output(0s, "a")}, {40, 10});

    auto const size_of = [](std::string const& svg) { return svg.substr(0, svg.find('>')); };
    CHECK(size_of(grown) == size_of(large));
    CHECK(size_of(grown) != size_of(small));
}

}  // namespace
