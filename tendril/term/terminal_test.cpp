#include <tendril/term/terminal.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using lines = std::vector<std::string>;

term::terminal fed(std::string_view bytes, term::grid_size size = {10, 4}, term::terminal_limits limits = {})
{
    term::terminal t(size, limits);
    t.feed(base::bytes_of(bytes));
    return t;
}

TEST_CASE("T01: the number of the first line rises with every line that scrolls off, kept or not")
{
    auto t = fed("1\r\n2\r\n3\r\n4", {10, 2}, {.history_lines = 0});
    CHECK(t.top_line() == 2);

    t.feed(base::bytes_of("\x1b[?1049h\r\n\r\n\r\n"));

    CHECK(t.shows_alternate_screen());
    CHECK(t.top_line() == 2);
}

TEST_CASE("T01: history keeps the newest lines up to its limit")
{
    auto t = fed("1\r\n2\r\n3\r\n4\r\n5\r\n6", {10, 2}, {.history_lines = 3});
    term::row line;

    REQUIRE(t.scrollback().size() == 3);
    t.scrollback().read(0, line);
    CHECK(line.at(0).shown.value() == U'2');
    CHECK(t.scrollback().pushed() == 4);
}

TEST_CASE("T01: clusters beyond number leave those on the screen intact and memory bounded")
{
    term::terminal t({10, 2}, {.history_lines = 10});
    std::string soup = "\x1b[He\u0301\x1b[2H";
    t.feed(base::bytes_of(soup));
    for (int i = 0; i < 60'000; ++i) {
        std::string text = "\x1b[2Hx";
        for (int digit = i; digit > 0; digit /= 16)
            text += std::string("\xcc") + static_cast<char>(0x80 + digit % 16);  // U+0300 to U+030F
        t.feed(base::bytes_of(text));
    }

    CHECK(t.dump().front() == "e\u0301");
    CHECK(t.dump().back().starts_with("x\u030f"));
}

TEST_CASE("T01: links and underline colours beyond number leave those on the screen intact")
{
    term::terminal t({10, 2}, {.history_lines = 10});
    t.feed(base::bytes_of("\x1b]8;;http://first\x07"
                          "a\x1b]8;;\x07"));
    for (int i = 0; i < 40'000; ++i) {
        auto const n = std::to_string(i);
        t.feed(base::bytes_of("\x1b[2H\x1b]8;;http://" + n + "\x07\x1b[58:2::1:" + std::to_string(i / 256) +
                              ":" + std::to_string(i % 256) + "mb"));
    }

    auto const* const first = t.link_of(t.line(0).at(0));
    auto const* const last = t.link_of(t.line(1).at(0));
    REQUIRE(first);
    REQUIRE(last);
    CHECK(first->target == "http://first");
    CHECK(last->target == "http://39999");
    CHECK(t.underline_color_of(t.line(1).at(0)) == term::color::direct({1, 156, 63}));
}

TEST_CASE("T01: replies and events stop growing at their limits")
{
    term::terminal_limits limits;
    limits.reply_bytes = 100;
    limits.events = 5;
    std::string flood;
    for (int i = 0; i < 1000; ++i)
        flood += "\x1b[5n\a";
    auto t = fed(flood, {10, 4}, limits);

    CHECK(t.take_replies().size() == 100);
    CHECK(t.take_events().size() == 5);
}

TEST_CASE("T07: title, bell, modes, notifications and images are told in order")
{
    auto t = fed("\x1b]2;hello\x07\a\x1b[?2004h\x1b]777;notify;T;B\x07\x1b_Gf=1;AA\x1b\\\x1bPq#0\x1b\\");
    auto const events = t.take_events();

    REQUIRE(events.size() == 6);
    CHECK(events[0].what == term::event::kind::title);
    CHECK(events[0].text == "hello");
    CHECK(events[1].what == term::event::kind::bell);
    CHECK(events[2].text == "?2004");
    CHECK(events[2].on);
    CHECK(events[3].detail == "T");
    CHECK(events[3].text == "B");
    CHECK(events[4].text == "kitty");
    CHECK(events[5].text == "sixel");
    CHECK(t.dump().front() == "");
}

TEST_CASE("T07: an OSC 52 asks for nothing and gets nothing")
{
    auto t = fed("\x1b]52;c;?\x07\x1b]52;c;aGk=\x07");

    CHECK(t.take_replies().empty());
    CHECK(t.take_events().empty());
}

TEST_CASE("T09: a lower screen keeps the cursor's line, the lines above it go to the history")
{
    auto t = fed("1\r\n2\r\n3\r\n4");
    t.resize({10, 2});

    CHECK(t.dump() == lines{"3", "4"});
    CHECK(t.scrollback().size() == 2);
    CHECK(t.cursor().row == 1);

    t.resize({10, 3});
    CHECK(t.dump() == lines{"3", "4", ""});
}

TEST_CASE("T09: a lower screen drops blank lines below the cursor first")
{
    auto t = fed("1\r\n2");
    t.resize({10, 2});

    CHECK(t.dump() == lines{"1", "2"});
    CHECK(t.scrollback().size() == 0);
}

TEST_CASE("T01: a copy goes its own way")
{
    auto t = fed("one\x1b[3");
    auto copy = t;
    copy.feed(base::bytes_of("1mred"));
    t.feed(base::bytes_of("G!"));

    CHECK(copy.dump().front() == "onered");
    CHECK(t.dump().front() == "on!");
}

TEST_CASE("T08: keyboard protocols are remembered for each screen")
{
    auto t = fed("\x1b[>5u\x1b[?1049h\x1b[>1u\x1b[=2;2u\x1b[>4;2m");
    CHECK(t.keyboard_flags() == 3);
    CHECK(t.key_modifier_options() == 2);

    t.feed(base::bytes_of("\x1b[?1049l\x1b[?u\x1b[<9u\x1b[>4m"));
    CHECK(t.take_replies() == "\x1b[?5u");
    CHECK(t.keyboard_flags() == 0);
    CHECK(t.key_modifier_options() == 0);
}

}  // namespace
