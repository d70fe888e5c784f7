#include <tendril/term/client_settings.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/terminal.hpp>

#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <tests/conformance/same_screen.hpp>
#include <tests/conformance/soup.hpp>

namespace {

using namespace tendril;
using conformance::soup_of;

/// What puts aside, chooses or shifts something.
constexpr std::string_view memorable[] = {"\x1bN",
                                          "\x1bO",
                                          "\x1bn",
                                          "\x1bo",
                                          "\x1b~",
                                          "\x1b}",
                                          "\x1b)A",
                                          "\x1b*>",
                                          "\x1b.A",
                                          "\x1b#6",
                                          "\x1b#5",
                                          "\x1b#3",
                                          "\x1bH",
                                          "\x1b[3g",
                                          "\x1b[?47h",
                                          "\x1b[?47l",
                                          "\x1b[?1047h",
                                          "\x1b[?1047l",
                                          "\x1b[?1048h",
                                          "\x1b[?1048l",
                                          "\x1b[22t",
                                          "\x1b[22;1t",
                                          "\x1b[23t",
                                          "\x1b]2;t\x07",
                                          "\x1b]1;i\x07",
                                          "\x1b]4;3;red\x07",
                                          "\x1b]5;1;red\x07",
                                          "\x1b]104\x07",
                                          "\x1b[#P",
                                          "\x1b[3#P",
                                          "\x1b[#Q",
                                          "\x1b[#{",
                                          "\x1b[1;30#{",
                                          "\x1b[#}",
                                          "\x1b[?1006;1s",
                                          "\x1b[?1006;1r",
                                          "\x1b[?1006h",
                                          "\x1b[?25s\x1b[?25l",
                                          "\x1b[>5u",
                                          "\x1b[=3u",
                                          "\x1b[<u",
                                          "\x1b[!p",
                                          "\x1b[63;1\"p",
                                          "\x1bV",
                                          "\x1bW",
                                          "\x1b[2*x",
                                          "\x1b[?2l",
                                          "\x1b<",
                                          "\x1bY",
                                          "\x1bY!",
                                          "\x1b[2$~",
                                          "\x1b[1$}",
                                          "\x1b[0$}",
                                          "\x1b[?1005;1003h",
                                          "\x1b[20h",
                                          "\x1b[4 q",
                                          "\x1b[>1;3m",
                                          "\x1b[>4;2m",
                                          "\x1b[>1t",
                                          "\x1b G"};

std::string memorable_soup(std::mt19937& random, int count)
{
    std::string soup;
    for (int i = 0; i < count; ++i)
        soup +=
            random() % 3 != 0 ? soup_of(random, 1) : std::string(memorable[random() % std::size(memorable)]);
    return soup;
}

/// Where the two differ in what the program or its user would notice; empty if they do not.
std::string unlike_in_all(term::terminal& one, term::terminal& other)
{
    if (auto const where = conformance::unlike(one, other); !where.empty())
        return where;
    if (auto const where = conformance::unlike_history(one, other); !where.empty())
        return where;
    for (auto const& each : term::mode_table())
        if (one.is(each.what) != other.is(each.what))
            return "mode " + std::to_string(each.number);
    if (!(one.cursor() == other.cursor()) || !(term::settings_of(one) == term::settings_of(other)))
        return "settings";
    return one.take_replies() == other.take_replies() ? "" : "replies";
}

TEST_CASE("T12: random output, cut anywhere: a terminal rebuilt from VT is the same and goes on the same")
{
    std::mt19937 random(112);
    for (int round = 0; round < 1000; ++round) {
        auto const soup = memorable_soup(random, 100);
        auto const rest = "\x18q" + memorable_soup(random, 20);
        term::terminal_limits const limits{.history_lines = 20};
        term::grid_size const size{static_cast<std::uint16_t>(4 + random() % 20),
                                   static_cast<std::uint16_t>(2 + random() % 8)};
        term::terminal on(size, limits);
        on.feed(base::bytes_of(soup));
        static_cast<void>(on.take_replies());
        auto const bytes = term::rebuild_sequence(on);
        term::terminal rebuilt(size, limits);
        rebuilt.feed(base::bytes_of(bytes));
        CAPTURE(round);
        CAPTURE(soup);
        CAPTURE(bytes);
        REQUIRE(unlike_in_all(rebuilt, on) == "");
        CAPTURE(rest);
        on.feed(base::bytes_of(rest));
        rebuilt.feed(base::bytes_of(rest));
        REQUIRE(unlike_in_all(rebuilt, on) == "");
    }
}

}  // namespace
