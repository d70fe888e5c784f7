#include <tendril/term/html.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/leave.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

// What is rarer than what soup_test.cpp cooks with.
constexpr std::string_view pieces[] = {
    "text",
    "\u4e00\u4e8c",
    "\U0001F469\u200d\U0001F4BB",
    "\r\n",
    "\t",
    "\b",
    "\x18",
    "\x1b",
    "\x1b\\",
    "\x1b[?2l",
    "\x1b<",
    "\x1bY\x27\x24",
    "\x1bY",
    "\x1b#3",
    "\x1b#4",
    "\x1b#5",
    "\x1b#6",
    "\x1b[65;1\"p",
    "\x1b[61\"p",
    "\x1b[62;2\"p",
    "\x1b G",
    "\x1b F",
    "\x1b[!p",
    "\x1b"
    "c",
    "\x1bV",
    "\x1bW",
    "\x1b[1\"q",
    "\x1b[J",
    "\x1b[1K",
    "\x1b[3X",
    "\x1b[?40h",
    "\x1b[?3h",
    "\x1b[?3l",
    "\x1b[?95h",
    "\x1b[8;7;9t",
    "\x1b[4;99;33t",
    "\x1b[30t",
    "\x1b[12$|",
    "\x1b[6*|",
    "\x1b[22;0t",
    "\x1b[22;1t",
    "\x1b[23;0t",
    "\x1b[21t",
    "\x1b[>0;1t",
    "\x1b[>0;1T",
    "\x1b]2;6162\a",
    "\x1b]0;title\x1b\\",
    "\x1b[#{",
    "\x1b[1;31#{",
    "\x1b[#}",
    "\x1b[1;3;31;44;58;5;3m",
    "\x1b[1;1;3;3#|",
    "\x1b[#P",
    "\x1b[3#P",
    "\x1b[#Q",
    "\x1b[2#Q",
    "\x1b[#R",
    "\x1b]4;1;red;256;#123\a",
    "\x1b]4;1;?;256;?\a",
    "\x1b]10;?;?;?\a",
    "\x1b]104\a",
    "\x1b]105;0\a",
    "\x1b]52;c;aGVsbG8=\a",
    "\x1b]52;c;?\a",
    "\x1b]9;4;1;50\a",
    "\x1b]99;i=1:d=0;abc\x1b\\",
    "\x1b]99;i=1:p=body;def\x1b\\",
    "\x1b]777;notify;a;b\a",
    "\x1bPq\"1;1;40;40~~$-~\x1b\\",
    "\x1bPq!9~-?\x1b\\",
    "\x1b[?80h",
    "\x1b[?8452h",
    "\x1b_Ga=T,s=30,v=30;AAAA\x1b\\",
    "\x1b_Ga=T,m=1,c=3,r=9;AA\x1b\\",
    "\x1b_Gm=0;BB\x1b\\",
    "\x1b_Ga=q,i=1;\x1b\\",
    "\x1b]1337;File=inline=1;width=5;height=200%:AAAA\a",
    "\x1b]1337;MultipartFile=inline=1\a",
    "\x1b]1337;FilePart=AAAA\a",
    "\x1b]1337;FileEnd\a",
    "\x1bP+q436F;544E\x1b\\",
    "\x1bP$qm\x1b\\",
    "\x1bP$q\"p\x1b\\",
    "\x1b[1$w",
    "\x1b[2$w",
    "\x1bP1$t2;3;1;I;A;H;1;2;N;0A<%5\x1b\\",
    "\x1bP1$t99;99;1;@;@;@;9;9;@;\x1b\\",
    "\x1bP2$t3/5/999/0\x1b\\",
    "\x1b[2*x",
    "\x1b[1;1;3;3;1;4$r",
    "\x1b[0#y",
    "\x1b[1;1;1;1;9;9*y",
    "\x1b[2$~",
    "\x1b[1$}",
    "\x1b[0$}",
    "\x1b(K",
    "\x1b(%5",
    "\x1b-A\x0e",
    "\x1b.F\x1bn",
    "\x1bN",
    "\x1bO",
    "\x0f",
    "\x1b~",
    "[\\]{|}",
    "\x1b[?69h\x1b[2;5s",
    "\x1b[2;4r",
    "\x1b[?6h",
    "\x1b[?1046l",
    "\x1b[?1046h",
    "\x1b[?1049h",
    "\x1b[?1049l",
    "\x1b[?41h",
    "\x1b[?1045h",
    "\x1b[?2048h",
    "\x1b[>4;2m",
    "\x1b[>4;1f",
    "\x1b[?7s\x1b[?3;7;42r",
    "\x1b[3b",
    "\x1b[99;99H",
    "\x1b[H",
};

std::string soup_of(std::mt19937& random, int count)
{
    std::string soup;
    for (int i = 0; i < count; ++i)
        soup += pieces[random() % std::size(pieces)];
    return soup;
}

term::terminal permissive(term::grid_size size)
{
    term::terminal_limits limits{.history_lines = 10};
    limits.requested_side = 40;
    term::terminal t(size, limits);
    term::host all;
    all.resizes = true;
    all.tells_titles = true;
    all.shows_images = true;
    all.clipboard = term::clipboard_access::read_write;
    t.set_host(all);
    return t;
}

void check_invariants(term::terminal const& t)
{
    auto const size = t.size();
    auto const at = t.cursor();
    REQUIRE(at.column >= 0);
    REQUIRE(at.row >= 0);
    REQUIRE(at.column < t.line(at.row).visible(size.columns));
    REQUIRE(at.row < size.rows);
    for (int y = 0; y < size.rows; ++y) {
        auto const& line = t.line(y);
        REQUIRE(line.used() <= size.columns);
        for (int x = 0; x < line.used(); ++x) {
            auto const wide = line.at(x).shown.part() == term::glyph::role::wide;
            REQUIRE(wide == (line.at(x + 1).shown.part() == term::glyph::role::tail));
        }
    }
}

TEST_CASE("T01: soup of rare sequences gives the same state, replies and events in any chunking")
{
    std::mt19937 random(31);
    for (int round = 0; round < 400; ++round) {
        term::grid_size const size{static_cast<std::uint16_t>(1 + random() % 20),
                                   static_cast<std::uint16_t>(1 + random() % 8)};
        auto const soup = soup_of(random, 100);
        auto whole = permissive(size);
        auto cut = permissive(size);
        whole.feed(base::bytes_of(soup));
        for (std::string_view rest = soup; !rest.empty();) {
            auto const count = std::min<std::size_t>(1 + random() % 6, rest.size());
            cut.feed(base::bytes_of(rest.substr(0, count)));
            check_invariants(cut);
            rest.remove_prefix(count);
        }
        CAPTURE(soup);
        auto const told = term::to_json(whole, term::line_detail::cells, "", whole.take_events());
        REQUIRE(term::to_json(cut, term::line_detail::cells, "", cut.take_events()) == told);
        REQUIRE(cut.take_replies() == whole.take_replies());
    }
}

TEST_CASE("T12: soup of rare sequences with resizes in between can always be left")
{
    std::mt19937 random(32);
    for (int round = 0; round < 300; ++round) {
        auto t = permissive({10, 5});
        for (int turn = 0; turn < 8; ++turn) {
            t.feed(base::bytes_of(soup_of(random, 30)));
            check_invariants(t);
            t.resize({static_cast<std::uint16_t>(random() % 30), static_cast<std::uint16_t>(random() % 12)});
            check_invariants(t);
        }
        CHECK_FALSE(term::to_html_page(t, term::cursor_drawing::shown).empty());
        CHECK_FALSE(term::to_svg(t).empty());
        t.feed(base::bytes_of("\x18" + term::leave_sequence(t)));
        CHECK(term::leave_sequence(t) == "");
    }
}

}  // namespace
