#include <tendril/archive/transcript.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using record::event;
using record::event_kind;

struct shown {
    record::moment at;
    std::string text;
};

std::vector<archive::timed_line> lines_of(record::screen_size size, std::vector<shown> const& outputs)
{
    record::header head;
    head.size = size;
    archive::transcript text(head);
    std::vector<archive::timed_line> lines;
    for (auto const& each : outputs)
        text.take({.time = each.at, .kind = event_kind::output, .text = each.text}, lines);
    text.finish(lines);
    return lines;
}

std::vector<std::string> texts(std::vector<archive::timed_line> const& lines)
{
    std::vector<std::string> all;
    std::ranges::transform(lines, std::back_inserter(all), &archive::timed_line::text);
    return all;
}

TEST_CASE("L07: every line that scrolled away is there with the time it went, and what is left at the end")
{
    CHECK(lines_of({20, 2}, {{1s, "one\r\ntwo\r\n"}, {3s, "\x1b[1mthree\x1b[m  \r\nfour"}}) ==
          std::vector<archive::timed_line>{{1s, "one"}, {3s, "two"}, {3s, "three"}, {3s, "four"}});
}

TEST_CASE("L07: a line that ran through the margin is one, also half above the screen")
{
    CHECK(texts(lines_of({5, 2}, {{1s, "abcdefghijkl\r\nm"}})) ==
          std::vector<std::string>{"abcdefghijkl", "m"});
}

TEST_CASE("L07: a full-screen program's lines are seen at each pause, once")
{
    auto const seen = texts(lines_of({20, 3}, {{1s, "before\r\n\x1b[?1049h\x1b[Hmenu"},
                                               {2s, "\x1b[2;1Hchoice"},
                                               {4s, "\x1b[2J\x1b[Hgone\x1b[?1049l"},
                                               {5s, "after"}}));
    CHECK(seen == std::vector<std::string>{"menu", "choice", "before", "after"});
}

TEST_CASE("L07: more lines in one piece of output than a history holds are all there")
{
    std::string flood;
    for (int line = 0; line < 50'000; ++line)
        flood += std::to_string(line) + "\r\n";
    auto const seen = texts(lines_of({80, 24}, {{1s, flood}}));
    REQUIRE(seen.size() == 50'000);
    CHECK(seen.front() == "0");
    CHECK(seen.back() == "49999");
}

}  // namespace
