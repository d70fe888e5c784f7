#include <tendril/term/json.hpp>
#include <tendril/term/repaint.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// All that a repaint must carry over, in one text. A line's wrapped flag is not in it.
std::string state_of(term::terminal const& t)
{
    auto text = term::to_json(t, term::line_detail::cells);
    for (std::string_view const flag :
         {"\"wrapped\":true", "\"?1047\":true", "\"?47\":true", "\"?1049\":true"})
        for (auto at = text.find(flag); at != std::string::npos; at = text.find(flag))
            text.erase(at, flag.size());
    for (std::string_view const flag : {"\"wrapped\":false", "\"?1047\":false", "\"?47\":false",
                                        "\"?1049\":false", "\"?1048\":true", "\"?1048\":false"})
        for (auto at = text.find(flag); at != std::string::npos; at = text.find(flag))
            text.erase(at, flag.size());
    return text;
}

void check_repaint(term::terminal const& from)
{
    term::terminal outer(from.size(), {.history_lines = 0});
    outer.feed(base::bytes_of("\x1b[31mwhat was there before\x1b[2;3r\x1b[?6h\x1b(0\x1b[4h\x1b[?1003h"));
    auto const bytes = term::repaint_sequence(from);
    outer.feed(base::bytes_of(bytes));
    CAPTURE(bytes);
    CHECK(state_of(outer) == state_of(from));
}

TEST_CASE("T06: a repaint brings another terminal to the same screen, cursor, modes and titles")
{
    constexpr std::string_view outputs[] = {
        "",
        "plain\r\ntext",
        "\x1b[1;4:3;58:5:3;38;2;1;2;3;48;5;7mstyled\x1b[K\r\nmore \x1b[m\x1b[44m\x1b[3X\x1b[2C\x1b[mend",
        "\u4e00\u4e01e\u0301 \U0001F469\u200d\U0001F4BB\U0001F1E9\U0001F1EA",
        "\x1b]2;title\x07\x1b]1;icon\x07\x1b]8;id=a;http://x\x07link\x1b]8;;\x07 none",
        "\x1b[?1049h\x1b[5 q\x1b[?25lalt",
        "\x1b[2;4r\x1b[?6h\x1b[2;2Hx",
        "\x1b[?69h\x1b[2;9s\x1b[3;3Hy",
        "\x1b[?1006;1002;2004h\x1b=\x1b[>5u\x1b[>4;1m",
        "0123456789\x1b[31m",
        "01234567\u4e00",
        "\x1b[1\"qguarded\x1b[0\"q\x1b(0\x1b[1;7m",
        "\x1b[4h\x1b[1;10Hx",
        "\x1b#6wide\r\n\x1b#3tall\r\n\x1b#4tall",
        "\x1b)%5\x1b.F\x0exyz",
    };
    for (auto const each : outputs) {
        CAPTURE(each);
        term::terminal t({10, 5}, {.history_lines = 0});
        t.feed(base::bytes_of(each));
        check_repaint(t);
    }
}

TEST_CASE("T06: a repaint keeps the size of lines, and what is behind their edge")
{
    term::terminal from({10, 3});
    from.feed(base::bytes_of("0123456789\x1b[1;1H\x1b#6"));
    term::terminal outer({10, 3});
    outer.feed(base::bytes_of(term::repaint_sequence(from)));

    CHECK(outer.line(0).size() == term::line_size::double_width);
    CHECK(outer.dump().front() == "01234");
    outer.feed(base::bytes_of("\x1b#5"));
    CHECK(outer.dump().front() == "0123456789");
}

TEST_CASE("T06: a repaint leaves the modes of the outer terminal's window and keyboard alone")
{
    term::terminal outer({10, 3});
    outer.feed(base::bytes_of("\x1b[?1036;1039l\x1b[?30;42;1034;1061h"));
    auto const before = outer.modes();
    outer.feed(base::bytes_of(term::repaint_sequence(term::terminal({10, 3}))));

    for (auto const& each : term::mode_table())
        if (term::belongs_to_window(each.what) && each.what != term::mode::national_charsets)
            CHECK(outer.is(each.what) == term::is_set(before, each.what));
}

TEST_CASE("T06: text after a repaint looks as it would have looked")
{
    term::terminal from({10, 3});
    from.feed(base::bytes_of("\x1b[3;1H\x1b[1;32m\x1b(0"
                             "abcdefghij"));
    term::terminal outer({10, 3});
    outer.feed(base::bytes_of(term::repaint_sequence(from)));

    for (auto* const each : {&from, &outer})
        each->feed(base::bytes_of("qqx\r\n\tz"));

    CHECK(outer.dump() == from.dump());
    CHECK(outer.line(1).at(0) == from.line(1).at(0));
}

}  // namespace
