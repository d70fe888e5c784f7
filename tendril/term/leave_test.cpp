#include <tendril/term/leave.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

std::string left_after(std::string_view output)
{
    term::terminal t;
    t.feed(base::bytes_of(output));
    return term::leave_sequence(t);
}

TEST_CASE("T12: a program that tidied up needs no leaving sequence")
{
    CHECK(left_after("").empty());
    CHECK(left_after("plain text\r\n\x1b[31mred\x1b[m\r\n").empty());
    CHECK(
        left_after("\x1b[?1049h\x1b[?1006;1002h\x1b[2;5r\x1b[?25l\x1b[?25h\x1b[r\x1b[?1006;1002l\x1b[?1049l")
            .empty());
}

TEST_CASE("T12: whatever a killed program left behind, the leaving sequence undoes it and only once")
{
    constexpr std::string_view remains[] = {"\x1b[?1049h",
                                            "\x1b[?47h",
                                            "\x1b[?25l",
                                            "\x1b[1;4;31m",
                                            "\x1b[3;9r",
                                            "\x1b[?1003h",
                                            "\x1b[?1006h",
                                            "\x1b[?1004h",
                                            "\x1b[?2004h",
                                            "\x1b=",
                                            "\x1b[>5u",
                                            "\x1b(0",
                                            "\x0e",
                                            "\x1b[4h",
                                            "\x1b[?7l",
                                            "\x1b[?69h\x1b[2;9s",
                                            "\x1b[?6h",
                                            "\x1b[5 q",
                                            "\x1b]8;;http://x\x07",
                                            "\x1b[>4;2m",
                                            "\x1b[58:5:1m",
                                            "\x1b[?2026h",
                                            "\x1b[?1h",
                                            "\x1b[1\"q",
                                            "\x1b[>1u\x1b[?1049h\x1b[>3u",
                                            "\x1b[?5h",
                                            "\x1b[20h",
                                            "\x1b[?2l",
                                            "\x1b[2$~\x1b[1$}",
                                            "\x1b[?2l\x1b[2$~\x1b[1$}",
                                            "\x1b G",
                                            "\x1b[>0t",
                                            "\x1b[>1;2m",
                                            "\x1b[>4;1f",
                                            "\x1b[>1s",
                                            "\x1b[?42h",
                                            "\x1b[?67h",
                                            "\x1b.F\x1bn\x1b|",
                                            "\x1b[?1049h\x1b[?1046l",
                                            "\x1b[31m\x1b(0\x1b[?6h\x1b[?1049h\x1b[m\x1b(B\x1b[?6l"};
    for (auto const each : remains) {
        CAPTURE(each);
        term::terminal outer;
        outer.feed(base::bytes_of(each));
        auto const leaving = term::leave_sequence(outer);
        CHECK_FALSE(leaving.empty());

        outer.feed(base::bytes_of(leaving));
        CHECK(term::leave_sequence(outer) == "");
    }
}

TEST_CASE("T12: leaving does not move the cursor of the primary screen")
{
    term::terminal outer;
    outer.feed(base::bytes_of("\x1b[3;9r\x1b[5;7H"));

    outer.feed(base::bytes_of(term::leave_sequence(outer)));

    CHECK(outer.cursor().row == 4);
    CHECK(outer.cursor().column == 6);
}

}  // namespace
