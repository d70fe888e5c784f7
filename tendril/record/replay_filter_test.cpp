#include <tendril/record/replay_filter.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using tendril::base::bytes_of;
using tendril::record::replay_filter;

std::string shown(std::string_view output)
{
    std::string text;
    replay_filter().push(bytes_of(output), text);
    return text;
}

TEST_CASE("L07: what draws is passed on as it is")
{
    for (std::string_view const output :
         {"plain \xc3\xa4\xe2\x82\xac\xc2\xa9\r\n\t\b", "\x1b[1;38:2::1:2:3mred\x1b[m",
          "\x1b[2J\x1b[H\x1b[5;10r\x1b[?25l", "\x1b[?1049h", "\x1b[!p", "\x1b[3 q", "\x1b[1;2;3;4$z",
          "\x1b(0lqk\x1b(B",
          "\x1b"
          "7\x1b"
          "8\x1b"
          "M\x1b"
          "c",
          "\x1b[s\x1b[u", "\x1b[22;0t", "\x1bP0;1q#0;2;0;0;0~-\x1b\\", "\x1b]0;why?\x1b\\",
          "\x1b]8;;http://a/?b\x1b\\x\x1b]8;;\x1b\\"}) {
        CAPTURE(output);
        CHECK(shown(output) == output);
    }
}

TEST_CASE("L07: what a terminal answers never reaches it")
{
    for (std::string_view const output : {"\x05",
                                          "\x1b[c",
                                          "\x1b[>0c",
                                          "\x1b[=c",
                                          "\x1b[6n",
                                          "\x1b[?6n",
                                          "\x1b[5n",
                                          "\x1b[?2026$p",
                                          "\x1b[4$p",
                                          "\x1b[>q",
                                          "\x1b[?u",
                                          "\x1b[18t",
                                          "\x1b[21t",
                                          "\x1b[x",
                                          "\x1bZ",
                                          "\xc2\x9a",
                                          "\xc2\x9b"
                                          "6n",
                                          "\x1b[1;1;1;1;1;1*y",
                                          "\x1b]10;?\x07",
                                          "\x1b]4;1;?\x1b\\",
                                          "\x1bP$qm\x1b\\",
                                          "\x1bP+q544e\x1b\\",
                                          "\x1b_Ga=q;AAAA\x1b\\",
                                          "\xc2\x90$qm\xc2\x9c"}) {
        CAPTURE(output);
        CHECK(shown(output) == "");
    }
}

TEST_CASE("L07: a recording touches neither clipboard nor files nor windows nor the way keys arrive")
{
    for (std::string_view const output :
         {"\x1b]52;c;cm0gLXJm\x07", "\x1b]1337;File=name=YQ==:AAAA\x07", "\x1b]777;notify;a;b\x07",
          "\x1b[8;9999;9999t", "\x1b[5i", "\x1b[?1000h", "\x1b[?2004h", "\x1b[>1u", "\x1b[>4;2m",
          "\x1b^private\x1b\\"}) {
        CAPTURE(output);
        CHECK(shown(output) == "");
    }
}

TEST_CASE("L07: of several modes set at once the harmless ones are kept")
{
    CHECK(shown("\x1b[?1049;1000;25h") == "\x1b[?1049;25h");
    CHECK(shown("\x1b[?;1000h") == "");
}

TEST_CASE("L07: a query hidden in or behind an unfinished string is found all the same")
{
    CHECK(shown("\x1b]0;x\x1b[6n") == "");
    CHECK(shown("\x1b[3\x1b[6nz") == "z");
    CHECK(shown("\x1b[6\x05n") == "");
    CHECK(shown("a\x1b]52;c;x\x18z") == "az");
    CHECK(shown("a\xc2\x05\x9b"
                "6n") == "a\x9b"
                         "6n");  // together the outer two would be CSI
}

TEST_CASE("L07: any chunking gives the same output")
{
    std::string_view const output = "a\xc2\xa9\x1b[1;3mb\x1b[6nc\x1b]52;c;x\x07\x1b]2;t\xc3\xa4\x07"
                                    "d\xc2\x9b"
                                    "31me\x1b[?25;1000lf\x1bPq~\x1b\\g\xe2\x82\xac";
    std::string bytewise;
    replay_filter filter;
    for (char const c : output)
        filter.push(bytes_of({&c, 1}), bytewise);

    CHECK(bytewise == shown(output));
    CHECK(bytewise.starts_with("a\xc2\xa9\x1b[1;3mbc\x1b]2;t"));
}

TEST_CASE("L07: a string without end is dropped at a limit and does not fill the memory")
{
    std::string text;
    replay_filter filter;
    filter.push(bytes_of("\x1b]0;"), text);
    for (int n = 0; n < 64; ++n)
        filter.push(bytes_of(std::string(64 * 1024, 'x')), text);
    filter.push(bytes_of("\x1b\\after"), text);

    CHECK(text == "after");
}

}  // namespace
