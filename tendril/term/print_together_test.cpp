#include <tendril/base/bytes.hpp>
#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>
#include <tendril/vt/utf8.hpp>

#include <array>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// What the composing loop decides about: plain characters of every width, marks, joiners, selectors, flags,
/// jamo, signs that are prepended, and what looks like them and is not.
constexpr std::array samples = {U'a',       U'é',      U'ж',       U'─',       U'中',      U'가',
                                U'각',      U'\x301',  U'\x323',   U'\x200D',  U'\xFE0F',  U'\x1F469',
                                U'\x1F4BB', U'\x2764', U'\x1F3FD', U'\x1F1E9', U'\x1F1EA', U'\x1100',
                                U'\x1161',  U'\x11A8', U'\x903',   U'\x600',   U'\x110BD', U'\xAD',
                                U'\xA9',    U'#',      U'\x200B',  U'\xE0041'};

std::string soup(std::mt19937& random)
{
    std::string bytes;
    while (bytes.size() < 600) {
        auto const scalar = samples[random() % samples.size()];
        for (auto left = random() % 6 == 0 ? random() % 9 : 1; left > 0; --left)
            vt::append_utf8(bytes, scalar);
        if (random() % 40 == 0)
            bytes += random() % 2 ? "\r\n" : "\x1b[31m";
        if (random() % 60 == 0)
            bytes += "\x1b[5G\x1b[b";
    }
    return bytes;
}

TEST_CASE("T10: characters that come together give the screen that they give one by one")
{
    std::mt19937 random(17);
    for (int round = 0; round < 400; ++round) {
        auto const bytes = soup(random);
        constexpr std::uint16_t widths[] = {1, 2, 3, 7, 80, 257, 300};
        term::grid_size const size{widths[random() % std::size(widths)], 24};
        term::terminal together(size);
        together.feed(base::bytes_of(bytes));
        term::terminal apart(size);
        for (auto const each : bytes)
            apart.feed(base::bytes_of(std::string_view(&each, 1)));
        CAPTURE(round);
        CAPTURE(size.columns);
        REQUIRE(together.dump() == apart.dump());
        REQUIRE(together.cursor() == apart.cursor());
        for (int y = 0; y < size.rows; ++y) {
            REQUIRE(together.line(y).shows_same_as(apart.line(y)));
            REQUIRE(together.line(y).wrapped() == apart.line(y).wrapped());
        }
        // What comes next joins, or is repeated, alike.
        for (auto const* const more : {"\xCC\x81", "\x1b[2b", "\xF0\x9F\x87\xAA"}) {
            together.feed(base::bytes_of(std::string_view(more)));
            apart.feed(base::bytes_of(std::string_view(more)));
            REQUIRE(together.dump() == apart.dump());
        }
    }
}

}  // namespace
