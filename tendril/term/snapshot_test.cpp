#include <tendril/term/json.hpp>
#include <tendril/term/snapshot.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

term::terminal fed(std::string_view bytes)
{
    term::terminal t({12, 4});
    t.feed(base::bytes_of(bytes));
    static_cast<void>(t.take_replies());
    static_cast<void>(t.take_events());
    return t;
}

std::string told(term::terminal const& t)
{
    return term::to_json(t, term::line_detail::cells);
}

constexpr std::string_view outputs[] = {
    "",
    "plain\r\ntext",
    "\x1b[1;4:3;58:5:3;38;2;1;2;3;48;5;7mstyled\x1b[K\r\nmore \x1b[m\x1b[44m\x1b[3X\x1b[2C\x1b[mend",
    "\u4e00\u4e01e\u0301 \U0001F469\u200d\U0001F4BB\U0001F1E9\U0001F1EA",
    "\x1b]2;title\x07\x1b]1;icon\x07\x1b[22;0t\x1b]2;other\x07\x1b]8;id=a;http://x\x07link\x1b]8;;\x07 none",
    "main\x1b[?1049h\x1b[5 q\x1b[?25lalt\x1b[>3u\x1b[>5u",
    "1\r\n2\r\n3\r\n4\r\n5\r\n6 a line that wraps\r\n7\r\n8",
    "\x1b[3g\x1b[5GX\x1bH\x1b[2;3r\x1b[?6h\x1b[?69h\x1b[3;9s",
    "\x1b[?1006;1002;2004h\x1b=\x1b[>4;1m\x1b]4;1;#102030\x07\x1b]11;#405060\x07",
    "012345678901\x1b[31m",
    "\x1b[1\"qguarded\x1b[0\"q\x1b(0\x1b[1;7m\x1b"
    "7",
};

TEST_CASE("T12: a terminal comes back from its snapshot as it was")
{
    for (auto const each : outputs) {
        CAPTURE(each);
        auto const t = fed(each);
        auto const back = term::from_snapshot(term::to_snapshot(t));
        REQUIRE(back.has_value());
        CHECK(told(*back) == told(t));
        CHECK(back->top_line() == t.top_line());
        CHECK(term::to_snapshot(*back) == term::to_snapshot(t));
    }
}

TEST_CASE("T12: what follows a snapshot goes on where the program was, within a sequence too")
{
    constexpr std::string_view cuts[] = {
        "\xe4",       "\xe4\xb8",   "\xf0\x9f", "\xf0\x9f\x91", "\x1b",        "\x1b[",   "\x1b[1;3",
        "\x1b[?25",   "\x1b[4:",    "\x1b[1 ",  "\x1b]2;ti",    "\x1b]2;\xc2", "\x1bP$q", "\x1bPq#0~~",
        "\x1b_Ga=T;", "\x1bX soup", "\x1b(",    "\x1b[1;2;3<4", "\x1bP1<2"};
    constexpr std::string_view rests[] = {"\x80",  "\xb8\x80z", "1mx",    "m", "\x1b\\x",
                                          "\x07y", "\xc2\x9cz", "0q\r\n", "Bq"};
    for (auto const cut : cuts) {
        auto const t = fed(std::string("text ") + std::string(cut));
        auto const back = term::from_snapshot(term::to_snapshot(t));
        REQUIRE(back.has_value());
        for (auto const rest : rests) {
            CAPTURE(cut);
            CAPTURE(rest);
            auto on = t;
            auto restored = *back;
            for (auto* const each : {&on, &restored})
                each->feed(base::bytes_of(rest));
            CHECK(told(restored) == told(on));
            CHECK(restored.take_replies() == on.take_replies());
            CHECK(restored.take_events().size() == on.take_events().size());
        }
    }
}

TEST_CASE("T12: a string over its limit stays dropped")
{
    term::terminal_limits limits;
    limits.strings.osc = 8;
    term::terminal t({12, 4}, limits);
    t.feed(base::bytes_of("\x1b]2;much longer"));
    auto back = term::from_snapshot(term::to_snapshot(t), limits);
    REQUIRE(back.has_value());
    back->feed(base::bytes_of("\x07x"));
    CHECK(back->title() == "");
    CHECK(back->dump().front() == "x");
}

TEST_CASE("T12: damaged, cut and foreign bytes are told apart from a snapshot")
{
    auto const whole = term::to_snapshot(fed(outputs[2]));
    CHECK(term::from_snapshot("").error().message() ==
          "cannot restore a terminal, these bytes are no snapshot: Bad message");
    CHECK_FALSE(term::from_snapshot("some text that is no snapshot at all").has_value());
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(term::from_snapshot(std::string_view(whole).substr(0, size)).has_value());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK_FALSE(term::from_snapshot(damaged).has_value());
    }
    auto newer = whole;
    newer[8] = 3;
    CHECK(term::from_snapshot(newer).error().code == boost::system::errc::protocol_not_supported);
}

TEST_CASE("T12: the reader's limits cut what is beyond them")
{
    auto const t = fed(outputs[6]);
    auto const back = term::from_snapshot(term::to_snapshot(t), {.history_lines = 2});
    REQUIRE(back.has_value());
    CHECK(back->scrollback().size() == 2);
    CHECK(back->top_line() == t.top_line());
    CHECK(back->dump() == t.dump());
}

}  // namespace
