#include <tendril/term/terminal.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

std::string repeated(std::string_view piece, int times)
{
    std::string whole;
    for (int i = 0; i < times; ++i)
        whole += piece;
    return whole;
}

void feed(term::terminal& to, std::string_view bytes)
{
    to.feed(base::bytes_of(bytes));
}

term::terminal with_clipboard(term::terminal_limits const& limits)
{
    term::terminal t({80, 24}, limits);
    term::host allowed;
    allowed.clipboard = term::clipboard_access::read_write;
    t.set_host(allowed);
    return t;
}

TEST_CASE("T01: titles are cut at their limit, at a character")
{
    term::terminal_limits limits;
    limits.title_bytes = 5;
    term::terminal t({80, 24}, limits);
    feed(t, "\x1b]2;abcd\xc3\xa4\xc3\xa4\a");

    CHECK(t.title() == "abcd");
}

TEST_CASE("T01: replies stop at their limit until they are taken")
{
    term::terminal_limits limits;
    limits.reply_bytes = 10;
    term::terminal t({80, 24}, limits);
    feed(t, repeated("\x1b[5n", 5));

    CHECK(t.take_replies() == "\x1b[0n\x1b[0n");
    feed(t, "\x1b[5n");
    CHECK(t.take_replies() == "\x1b[0n");
}

TEST_CASE("T07: events stop at their limits until they are taken")
{
    term::terminal_limits limits;
    limits.events = 3;
    limits.event_bytes = 8;
    term::terminal t({80, 24}, limits);
    feed(t, repeated("\a", 9));
    CHECK(t.take_events().size() == 3);

    feed(t, "\x1b]9;1234567\a\x1b]9;12345\a\x1b]9;1\a");
    CHECK(t.take_events().size() == 2);
}

TEST_CASE("T07: a copy that is too long reaches nobody")
{
    term::terminal_limits limits;
    limits.clipboard_bytes = 4;
    auto t = with_clipboard(limits);
    feed(t, "\x1b]52;c;aGVsbG8=\a\x1b]52;c;aGVs\a\x1b]52;c;?\a");

    auto const events = t.take_events();
    REQUIRE(events.size() == 1);
    CHECK(events[0].detail == "hel");
    CHECK(t.take_replies() == "\x1b]52;c;aGVs\a");
}

TEST_CASE("T11: an image in pieces that is too long is dropped whole, the next one comes")
{
    term::terminal_limits limits;
    limits.strings.apc = 64;
    term::terminal t({80, 24}, limits);
    auto const piece = "\x1b_Gm=1;" + std::string(40, 'A') + "\x1b\\";
    feed(t,
         "\x1b_Ga=T,c=2,r=1,m=1;" + std::string(40, 'A') + "\x1b\\" + piece + piece + "\x1b_Gm=0;AA\x1b\\");
    CHECK(t.take_events().empty());
    CHECK(t.cursor().column == 0);

    feed(t, "\x1b_Ga=T,c=2,r=1;AA\x1b\\");
    CHECK(t.take_events().size() == 1);
    CHECK(t.cursor().column == 2);
}

TEST_CASE("T11: a control string that is too long is dropped whole and shows nothing")
{
    term::terminal_limits limits;
    limits.strings = {.osc = 16, .dcs = 16, .apc = 16};
    term::terminal t({80, 24}, limits);
    auto const much = std::string(100, 'x');
    feed(t, "a\x1b]2;" + much + "\a\x1bPq" + much + "\x1b\\\x1b_G" + much + "\x1b\\b");

    CHECK(t.dump().front() == "ab");
    CHECK(t.take_events().empty());
}

TEST_CASE("T07: a notification in pieces has a limit")
{
    term::terminal_limits limits;
    limits.title_bytes = 6;
    term::terminal t({80, 24}, limits);
    feed(t, repeated("\x1b]99;i=1:d=0:p=body;1234\a", 100) + "\x1b]99;i=1;t\a");

    auto const events = t.take_events();
    REQUIRE(events.size() == 1);
    CHECK(events[0].text == "123412");
}

TEST_CASE("T08: the stack of keyboard flags has a limit, the oldest goes first")
{
    term::terminal t;
    feed(t, "\x1b[>1u" + repeated("\x1b[>2u", 40));
    CHECK(t.keyboard_flags() == 2);

    feed(t, "\x1b[<15u");
    CHECK(t.keyboard_flags() == 2);
    feed(t, "\x1b[<u");
    CHECK(t.keyboard_flags() == 0);
}

TEST_CASE("T08: an image taller than everything scrolls, and ends")
{
    term::terminal t({10, 4}, {.history_lines = 100});
    feed(t, "text\x1b_Ga=T,c=1,r=65535;AA\x1b\\");

    CHECK(t.cursor().row == 3);
    CHECK(t.scrollback().size() <= 100);
}

}  // namespace
