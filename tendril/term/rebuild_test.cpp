#include <tendril/term/json.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/snapshot.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

constexpr term::grid_size size{12, 4};

term::terminal fed(std::string_view bytes)
{
    term::terminal t(size);
    t.feed(base::bytes_of(bytes));
    static_cast<void>(t.take_replies());
    static_cast<void>(t.take_events());
    return t;
}

term::terminal rebuilt(term::terminal const& from)
{
    return fed(term::rebuild_sequence(from));
}

std::string told(term::terminal& t)
{
    auto const replies = t.take_replies();
    return term::to_json(t, term::line_detail::cells, replies);
}

/// Ends with a letter that is printed: what a mark would join and REP repeat is not in the bytes.
constexpr std::string_view outputs[] = {
    "",
    "plain\r\ntext",
    "1\r\n2\r\n3\r\n4\r\n5\r\n6 a line that wraps\r\n7\r\n8",
    "a line that wraps and wraps and wraps and wraps and wraps",
    "\x1b[44mblue lines that wrap\r\n\x1b[m\r\nand plain\r\n\x1b[41mred\r\n\r\n\r\nend",
    "0123456789a\u4e00wide\r\nnarrow and long\x1b[3;1H\x1b[2X\x1b[4;1H",
    "\x1b[1;4:3;58:5:3;38;2;1;2;3;48;5;7mstyled\x1b[K\r\nmore \x1b[m\x1b[44m\x1b[3X\x1b[2C\x1b[mend",
    "\u4e00\u4e01e\u0301 \U0001F469\u200d\U0001F4BB\U0001F1E9\U0001F1EAx",
    "\x1b]8;id=a;http://x\x07link\x1b]8;;\x07 none",
    "\x1b#6wide\r\n\x1b#3tall\r\n\x1b#4tall\r\n\r\n\r\nlast",
    "main\x1b[?1049h\x1b[5 q\x1b[?25lalt\x1b[>3u\x1b[>5u",
    "\x1b[2;3Hmain\x1b[31m\x1b[?47halt\x1b[3;3H\x1b[32m\x1b"
    "7\x1b[?47l again",
    "\x1b[2;3Hmain\x1b[?1047h\x1b[>7ualt",
    "\x1b[3;5H\x1b[1;32m\x1b(0\x1b"
    "7\x1b[m\x1b(B\x1b[Hhome",
    "012345678901\x1b"
    "7\x1b[2;2Hx",
    "\x1b[?6h\x1b[2;2H\x1b"
    "7\x1b[?6l\x1b[Hx",
    "\x1b[?69h\x1b[3;9s\x1b[2;3H0123456\x1b"
    "7\x1b[?69lx",
    "\x1b[3g\x1b[5GX\x1bH\x1b[2;3r\x1b[?6h\x1b[?69h\x1b[3;9s",
    "\x1b[1\"qguarded\x1b[0\"q\x1b(0\x1b[1;7mx",
    "\x1bVguarded\x1bWnot",
    "\x1b)%5\x1b.F\x1b/A\x1bnxyz\x1b~",
    "x\x1b(0\x1bO",
    "\x1b[?1006;1002;2004;1036;1039h\x1b=\x1b[>4;1m\x1b[?7l\x1b[20hx",
    "\x1b]4;1;#102030\x07\x1b]11;#405060\x07\x1b]5;2;#708090\x07x",
    "\x1b]4;1;#102030\x07\x1b[#P\x1b]4;2;#102030\x07\x1b]104;1\x07\x1b[#Px",
    "\x1b]2;title\x07\x1b]1;icon\x07\x1b[22;0t\x1b]2;other\x07\x1b[22;2t\x1b[22;1t\x1b]2;third\x07x",
    "\x1b[1;31m\x1b[#{\x1b[3;1;30#{\x1b[mx",
    "\x1b[?1;1002;1006h\x1b[?1;1002;1006;25s\x1b[?1;1006lx",
    "\x1b[61\"p\x1b[4hx",
    "\x1b[2*x\x1b[3#y\x1b[>0;1t\x1b[>1;2m\x1b[>4;1f\x1b[>2s\x1b Gx",
    "\x1b[2$~\x1b[1$}x",
    "xy\x1b[?2l\x1bY!",
    "\x1b[1;5;10;20;30;40",
    "text\x1b]2;half a ti",
    "text\xe4\xb8",
    "\x1b[?1048h\x1b[2;2Hx",
    "x\x1bP0;1|17/4142;34/1b5b\x1b\\",
    "x\x1bP1;0|17/4142\x1b\\",
    "xy\x1b%@",
    "x\x1b%@\x9b"
    "1;3",
};

TEST_CASE("T12: a fresh terminal fed with the VT stream has the snapshot of the one it was made from")
{
    for (auto const each : outputs) {
        CAPTURE(each);
        auto from = fed(std::string(each));
        auto const bytes = term::rebuild_sequence(from);
        CAPTURE(bytes);
        auto to = fed(bytes);
        CHECK(told(to) == told(from));
        for (auto* const t : {&from, &to})  // settles what VT cannot say
            t->feed(base::bytes_of("\x18q"));
        CHECK(term::to_snapshot(to) == term::to_snapshot(from));
    }
}

TEST_CASE("T12: what follows the VT stream goes on where the program was, within a sequence too")
{
    constexpr std::string_view rests[] = {"q\x1b"
                                          "8q",
                                          "q\x1b[?1049lq\x1b"
                                          "8q",
                                          "q\x1b[?47h\x1b[?47lq",
                                          "q\x1b[<u\x1b[?u",
                                          "q\x1b[23t\x1b[21t",
                                          "q\tq\tq",
                                          "q\x1b[#Q\x1b]4;1;?\x07",
                                          "q\x1b[#}q",
                                          "mq",
                                          "q\x1b[?1;1002;25rq",
                                          "q\x1bP$q\"p\x1b\\\x1b[1;1;1;1;4;12*yq"};
    for (auto const each : outputs) {
        for (auto const rest : rests) {
            CAPTURE(each);
            CAPTURE(rest);
            auto on = fed(each);
            auto to = rebuilt(on);
            for (auto* const t : {&on, &to})
                t->feed(base::bytes_of(rest));
            CHECK(told(to) == told(on));
        }
    }
}

TEST_CASE("T12: the VT stream of a fresh terminal changes nothing on another one's screen but to clear it")
{
    CHECK(term::rebuild_sequence(term::terminal(size)).find('?') == std::string::npos);
}

}  // namespace
