#include <tendril/term/detail/state.hpp>
#include <tendril/term/difference.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// A client that has seen the terminal after @p before; what it is sent when the program writes @p then.
std::string sent_for(std::string_view before, std::string_view then, term::grid_size size = {20, 5})
{
    term::terminal t(size);
    t.feed(base::bytes_of(before));
    term::frame client;
    static_cast<void>(term::difference(client, t));
    t.feed(base::bytes_of(then));
    return term::difference(client, t);
}

TEST_CASE("T06: a client that is up to date is sent nothing")
{
    term::terminal t({20, 5});
    t.feed(base::bytes_of("text"));
    term::frame client;
    CHECK(term::difference(client, t) != "");
    CHECK(term::difference(client, t) == "");

    t.feed(base::bytes_of("\x1b[1m\x1b[c\x1b[2;4r\x1b[1;5H"));
    CHECK(term::difference(client, t) == "");
}

TEST_CASE("T06: what was written is sent, and little more")
{
    CHECK(sent_for("$ ", "l") == "l");
    CHECK(sent_for("$ ls", "\r\n$ ") == "\r\n$ ");
    CHECK(sent_for("progress  7 %", "\r\x1b[10C8") == "\b\b\b8");
    CHECK(sent_for("one two three", "\x1b[1;1HONE\x1b[6CHREE") == "\rONE\x1b[6CHREE");
}

TEST_CASE("T06: a short gap is written again where that is shorter than moving over it")
{
    CHECK(sent_for("a b c d", "\x1b[1;1HA\x1b[1CB\x1b[1CC") == "\rA B C");
    CHECK(sent_for("abcdefghijkl", "\x1b[1;1HA\x1b[7CI") == "\rA\x1b[7CI");
}

TEST_CASE("T06: single characters far apart are reached by a movement each, in their look")
{
    auto const* const before =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    auto const* const movements =
        "\x1b[1;3HA\x1b[5CB\x1b[9CC\x1b[10CD\x1b[12C\x1b[31mE\x1b[6CF\x1b[6C\x1b[mG";

    auto const sent = sent_for(before, movements, {80, 5});
    CHECK(sent == "\x1b[1;3HA\x1b[5CB\x1b[9CC\x1b[10CD\x1b[12C\x1b[31mE\x1b[6CF\x1b[6C\x1b[mG");
    CHECK(sent_for(before, "\x1b[1;3HA\x1b[5C\u00e9\x1b[7CC\x1b[7C\u4e2d", {80, 5}) ==
          "\x1b[1;3HA\x1b[5C\u00e9\x1b[7CC\x1b[7C\u4e2d");
}

TEST_CASE("T06: what led from look to look is told apart by both")
{
    std::string words;
    for (int round = 0; round < 4; ++round)
        for (auto const* const look :
             {"\x1b[31m", "\x1b[1;31m", "\x1b[0;4;42m", "\x1b[0;38;2;1;2;3;48;5;99m", "\x1b[m"})
            words += std::string(look) + "word\x1b[1;31mx";
    term::terminal from({80, 5});
    from.feed(base::bytes_of(words));
    term::frame client;
    term::terminal shown({80, 5});
    shown.feed(base::bytes_of(term::difference(client, from)));
    REQUIRE(from.line(1).used() > 0);
    for (int y = 0; y < 5; ++y)
        CHECK(shown.line(y).shows_same_as(from.line(y)));
}

TEST_CASE("T06: blanks are erased, in their colour")
{
    CHECK(sent_for("some text", "\r\x1b[K") == "\r\x1b[K");
    CHECK(sent_for("some text", "\x1b[1;3H\x1b[44m\x1b[2X\x1b[m\x1b[1;1H") == "\x1b[7D\x1b[44m\x1b[2X\r");
    CHECK(sent_for("1\r\n2\r\n3\r\n4", "\x1b[2J\x1b[H") == "\x1b[H\x1b[J");
}

TEST_CASE("T06: text that moved is moved, not written again")
{
    auto const* const lines =
        "the first line\r\nthe second line\r\nthe third line\r\nthe fourth line\r\nthe fifth line";

    CHECK(sent_for(lines, "\r\nnew") == "\r\nnew");
    CHECK(sent_for(lines, "\x1b[1;1H\x1b[M") == "\r\n\x1b[H");
    CHECK(sent_for(lines, "\x1b[2;1H\x1b[L").find("\x1b[L") != std::string::npos);
    CHECK(sent_for(lines, "\x1b[1;4r\x1b[S\x1b[1;1H") == "\x1b[1;4r\x1b[S\x1b[r");
}

TEST_CASE("T06: a pen is changed by what changed in it")
{
    CHECK(sent_for("\x1b[1;31mx", "\x1b[32my") == "\x1b[32my");
    CHECK(sent_for("\x1b[1;3;4;31mx", "\x1b[my") == "\x1b[my");
    CHECK(sent_for("\x1b[1;2mx", "\x1b[22;1my") == "\x1b[0;1my");
    CHECK(sent_for("\x1b[38;2;1;2;3mx", "\x1b[1my") == "\x1b[1my");
    CHECK(sent_for("x", "\x1b[4:3;58:2::1:2:3my") == "\x1b[4:3;58:2::1:2:3my");
}

TEST_CASE("T06: a long run of one character is repeated, if the client can")
{
    CHECK(sent_for("", "----------------") == "-\x1b[15b");

    term::terminal t({20, 5});
    term::frame client;
    static_cast<void>(term::difference(client, t));
    t.feed(base::bytes_of("----------------"));
    CHECK(term::difference(client, t, {.repeats = false}) == "----------------");
}

TEST_CASE("T06: a wrapped line is sent so that the client's wraps too")
{
    CHECK(sent_for("", "0123456789abcdefghijklm") == "0123456789abcdefghijklm");
}

TEST_CASE("T06: leaving the alternate screen sends nothing of what the client still has")
{
    CHECK(sent_for("shell text\r\n\x1b[?1049heditor", "\x1b[?1049l").starts_with("\x1b[?1049l"));

    term::terminal t({20, 5});
    t.feed(base::bytes_of("shell text\r\n"));
    term::frame client;
    static_cast<void>(term::difference(client, t));
    t.feed(base::bytes_of("\x1b[?1049heditor"));
    static_cast<void>(term::difference(client, t));
    t.feed(base::bytes_of("\x1b[?1049l"));
    CHECK(term::difference(client, t) == "\x1b[?1049l\x1b[?6l\x1b(B\x0f\x1b[m\x1b[0\"q\x1b[2H");
}

TEST_CASE("T06: modes that decide what a client's keys and mouse send are carried over, margins are not")
{
    CHECK(sent_for("", "\x1b[?1h\x1b[?2004h\x1b[?1000h\x1b[?1006h") == "\x1b[?1;1000;1006;2004h");
    CHECK(sent_for("\x1b[?1000h", "\x1b[?1002h") == "\x1b[?1000l\x1b[?1002h");
    CHECK(sent_for("", "\x1b=\x1b[>5u\x1b[6 q\x1b[?25l") == "\x1b[?25l\x1b=\x1b[6 q\x1b[=5u");
    CHECK(sent_for("", "\x1b]2;title\x07") == "\x1b]2;title\x1b\\");
    CHECK(sent_for("", "\x1b]4;1;#102030\x07") == "\x1b]4;1;rgb:10/20/30\x1b\\");
    CHECK(sent_for("\x1b]4;1;#102030\x07", "\x1b]104\x07") == "\x1b]104;1\x1b\\");
    CHECK(sent_for("", "\x1b[2;4r\x1b[?69h\x1b[3;9s\x1b[4h\x1b[1;1H") == "");
}

TEST_CASE("T06: a title or a link cannot carry controls to the client")
{
    CHECK(sent_for("", "\x1b]2;a\xc2\x9b"
                       "31mb\xc2\xa0\x07") == "\x1b]2;a31mb\xc2\xa0\x1b\\");
    CHECK(sent_for("", "\x1b]8;;http://x\xc2\x9d/\x07y\x1b]8;;\x07") ==
          "\x1b]8;;http://x/\x1b\\y\x1b]8;;\x1b\\");
}

TEST_CASE("T06: an update is bracketed where the client can hold it back")
{
    term::terminal t({20, 5});
    term::frame client;
    static_cast<void>(term::difference(client, t));
    t.feed(base::bytes_of("x"));
    CHECK(term::difference(client, t, {.synchronizes = true}) == "\x1b[?2026hx\x1b[?2026l");
    CHECK(term::difference(client, t, {.synchronizes = true}) == "");
}

TEST_CASE("T06: a client of another size, or one that was disturbed, is painted anew")
{
    term::terminal t({20, 5});
    t.feed(base::bytes_of("text"));
    term::frame client;
    auto const whole = term::difference(client, t);
    client.forget();
    CHECK(term::difference(client, t) == whole);
    t.resize({30, 5});
    CHECK(term::difference(client, t).find("text") != std::string::npos);
}

TEST_CASE("T06: the colours of bold and underlined text are carried over, and taken back")
{
    term::terminal program({10, 2});
    term::terminal client({10, 2});
    term::frame known;
    for (auto const* const output : {"\x1b]5;0;#102030\x07\x1b]10;#405060\x07", "\x1b]105;0\x07"}) {
        program.feed(base::bytes_of(std::string_view(output)));
        client.feed(base::bytes_of(term::difference(known, program)));
        CHECK(client.inner().palette == program.inner().palette);
    }
}

}  // namespace
