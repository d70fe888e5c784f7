#include <iterator>
#include <string_view>

#include <tests/conformance/soup.hpp>

namespace tendril::conformance {

namespace {

constexpr std::string_view pieces[] = {"\x1b[",
                                       "\x1b]",
                                       "\x1bP",
                                       "\x1b_",
                                       "\x1b\\",
                                       "\x07",
                                       "\x18",
                                       "\xc2\x9b",
                                       "\xe2\x82",
                                       "\x1b",
                                       "0;title",
                                       "8;;http://x",
                                       "?",
                                       ";",
                                       ":",
                                       "$",
                                       " ",
                                       "!p",
                                       "1",
                                       "2",
                                       "3",
                                       "7",
                                       "12",
                                       "80",
                                       "9999",
                                       "0",
                                       "m",
                                       "H",
                                       "J",
                                       "K",
                                       "L",
                                       "M",
                                       "P",
                                       "@",
                                       "X",
                                       "S",
                                       "T",
                                       "r",
                                       "s",
                                       "h",
                                       "l",
                                       "A",
                                       "B",
                                       "C",
                                       "D",
                                       "b",
                                       "d",
                                       "G",
                                       "\r",
                                       "\n",
                                       "\t",
                                       "\b",
                                       "text",
                                       "wider text",
                                       "\u4e00",
                                       "\u0301",
                                       "\U0001F469\u200d\U0001F4BB",
                                       "\uFE0F",
                                       "\u2764",
                                       "\U0001F1E9\U0001F1EA",
                                       "\u1100\u1161",
                                       "\x1b[?69h",
                                       "\x1b[?6h",
                                       "\x1b[4h",
                                       "\x1b[?7l",
                                       "\x1b[?1049h",
                                       "\x1b[?1049l",
                                       "\x1b[3;9s",
                                       "\x1b[2;4r",
                                       "\x1b"
                                       "7",
                                       "\x1b"
                                       "8",
                                       "\x1b"
                                       "c",
                                       "\x1bM",
                                       "\x1b(0",
                                       "\x0e",
                                       "\x1b#8",
                                       "\x1b%@",
                                       "\x1b%G",
                                       "\x1b#6",
                                       "\x1b#5",
                                       "\x1b#3",
                                       "\x1b[?45h",
                                       "\x1b[38;2;1;2;3m",
                                       "\x1b[58:5:9m",
                                       "\x1b[44m",
                                       "\x1b[1\"q",
                                       "\x1b[?2J",
                                       "\x1b[1;1;3;5$z",
                                       "\x1b[1;1;2;9;1;2;3;1$v",
                                       "\x1b[65;1;1;9;9$x",
                                       "\x1b[1;1;4;4;7$t",
                                       "\x1b[1;1;1;1;9;9*y",
                                       "\x1b[2'}",
                                       "\x1b[2 @",
                                       "\x1b[6n"};

}  // namespace

std::string soup_of(std::mt19937& random, int count)
{
    std::string soup;
    for (int i = 0; i < count; ++i)
        soup += pieces[random() % std::size(pieces)];
    return soup;
}

}  // namespace tendril::conformance
