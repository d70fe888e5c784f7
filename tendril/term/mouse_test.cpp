#include <tendril/term/key.hpp>
#include <tendril/term/mouse.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::term;

std::string sent(std::string_view setup, mouse_event const& event)
{
    terminal t({300, 100});
    t.feed(base::bytes_of(setup));
    return mouse_bytes(t, event);
}

constexpr mouse_event pressed{.button = mouse_button::left, .column = 4, .row = 9, .x = 35, .y = 150};
constexpr mouse_event released{
    .action = mouse_action::release, .button = mouse_button::left, .column = 4, .row = 9};
constexpr mouse_event moved{
    .action = mouse_action::motion, .button = mouse_button::none, .column = 4, .row = 9};
constexpr mouse_event dragged{
    .action = mouse_action::motion, .button = mouse_button::right, .column = 4, .row = 9};
constexpr mouse_event wheel{.button = mouse_button::wheel_up, .column = 4, .row = 9};

TEST_CASE("T08: a program that did not ask for the mouse hears nothing of it")
{
    CHECK(sent("", pressed).empty());
    CHECK(sent("\x1b[?1000h\x1b[?1000l", pressed).empty());
    CHECK(sent("\x1b[?1006h", pressed).empty());
}

TEST_CASE("T08: each mode of tracking tells what it is for")
{
    CHECK(sent("\x1b[?9h", pressed) == "\x1b[M %*");
    CHECK(sent("\x1b[?9h", released).empty());
    CHECK(sent("\x1b[?9h", wheel).empty());
    CHECK(sent("\x1b[?1000h", pressed) == "\x1b[M %*");
    CHECK(sent("\x1b[?1000h", released) == "\x1b[M#%*");
    CHECK(sent("\x1b[?1000h", dragged).empty());
    CHECK(sent("\x1b[?1000h", wheel) == "\x1b[M`%*");
    CHECK(sent("\x1b[?1001h", pressed) == "\x1b[M %*");
    CHECK(sent("\x1b[?1001h", released).empty());
    CHECK(sent("\x1b[?1002h", dragged) == "\x1b[MB%*");
    CHECK(sent("\x1b[?1002h", moved).empty());
    CHECK(sent("\x1b[?1003h", moved) == "\x1b[MC%*");
}

TEST_CASE("T08: each format of mouse reports")
{
    CHECK(sent("\x1b[?1000;1006h", pressed) == "\x1b[<0;5;10M");
    CHECK(sent("\x1b[?1000;1006h", released) == "\x1b[<0;5;10m");
    CHECK(sent("\x1b[?1000;1015h", pressed) == "\x1b[32;5;10M");
    CHECK(sent("\x1b[?1000;1015h", released) == "\x1b[35;5;10M");
    CHECK(sent("\x1b[?1000;1016h", pressed) == "\x1b[<0;36;151M");
    CHECK(sent("\x1b[?1003;1006h", moved) == "\x1b[<35;5;10M");
}

TEST_CASE("T08: modifiers and further buttons have their bits")
{
    auto event = pressed;
    event.modifiers = modifier::shift | modifier::alt | modifier::control;
    CHECK(sent("\x1b[?1000;1006h", event) == "\x1b[<28;5;10M");
    CHECK(sent("\x1b[?9h", event) == "\x1b[M %*");
    event.modifiers = 0;
    event.button = mouse_button::wheel_right;
    CHECK(sent("\x1b[?1000;1006h", event) == "\x1b[<67;5;10M");
    event.button = mouse_button::back;
    CHECK(sent("\x1b[?1000;1006h", event) == "\x1b[<128;5;10M");
}

TEST_CASE("T08: a place that a format cannot say is not reported")
{
    auto event = pressed;
    event.column = 222;
    CHECK(sent("\x1b[?1000h", event) == "\x1b[M \xff*");
    event.column = 223;
    CHECK(sent("\x1b[?1000h", event).empty());
    CHECK(sent("\x1b[?1000;1005h", event) == "\x1b[M \xc4\x80*");
    CHECK(sent("\x1b[?1000;1006h", event) == "\x1b[<0;224;10M");
    event.column = 5000;
    CHECK(sent("\x1b[?1000;1005h", event).empty());
}

TEST_CASE("T08: the wheel sends cursor keys in the alternate screen if mode 1007 says so")
{
    CHECK(sent("\x1b[?1007h", wheel).empty());
    CHECK(sent("\x1b[?1049h", wheel).empty());
    CHECK(sent("\x1b[?1007;1049h", wheel) == "\x1b[A\x1b[A\x1b[A");
    CHECK(sent("\x1b[?1;1007;1049h", wheel) == "\x1bOA\x1bOA\x1bOA");
    CHECK(sent("\x1b[?1007;1049h", pressed).empty());
}

}  // namespace
