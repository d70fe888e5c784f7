/// @file
/// A gibibyte of noise into a terminal. ./dev soak runs it under the sanitizers. Layer: tests. Spec: row T01.

#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

constexpr std::size_t gibibyte = 1024UL * 1024 * 1024;
constexpr std::size_t history_bytes = 8UL * 1024 * 1024;
constexpr std::size_t allowance = history_bytes + 56UL * 1024 * 1024;  // most of it what the sanitizer adds

// Uniform bytes are mostly invalid UTF-8 and leave a sequence at once. These get deep into them.
constexpr std::array<std::string_view, 40> fragments{"\x1b[",
                                                     "\x1b[",
                                                     "\x1b[?",
                                                     "\x1b[>",
                                                     "\x1b]",
                                                     "\x1bP",
                                                     "\x1b_",
                                                     "\x1b",
                                                     "\x1b\\",
                                                     ";",
                                                     ";",
                                                     ":",
                                                     "0",
                                                     "1",
                                                     "2",
                                                     "38;2;",
                                                     "58:5:",
                                                     "99999",
                                                     "8;",
                                                     "1049h",
                                                     "69h",
                                                     "m",
                                                     "H",
                                                     "r",
                                                     "$x",
                                                     "$r",
                                                     "'}",
                                                     "J",
                                                     "L",
                                                     "M",
                                                     "S",
                                                     "T",
                                                     "\r\n",
                                                     "\n",
                                                     "\b",
                                                     "\t",
                                                     "\xf0\x9f\x91\xa9\xe2\x80\x8d",
                                                     "\xcc\x81",
                                                     "\xe4\xb8\xad",
                                                     "words of text"};

class noise {
public:
    /// Fills the front of @p room and returns it. Every other piece is made of fragments.
    base::byte_view next(std::span<std::byte> room)
    {
        auto const wanted = 1 + random_() % room.size();
        std::size_t made = 0;
        if (random_() % 2 == 0)
            for (; made + sizeof(std::uint64_t) <= wanted; made += sizeof(std::uint64_t)) {
                auto const bits = random_();
                std::ranges::copy(std::as_bytes(std::span(&bits, 1)),
                                  room.begin() + static_cast<std::ptrdiff_t>(made));
            }
        for (; made < wanted;) {
            auto const bits = random_();
            auto const piece = bits % 8 == 0 ? std::string_view() : fragments[bits / 8 % fragments.size()];
            auto const fits = std::min(piece.size(), wanted - made);
            std::ranges::copy(std::as_bytes(std::span(piece).first(fits)),
                              room.begin() + static_cast<std::ptrdiff_t>(made));
            made += fits;
            if (piece.empty())
                room[made++] = static_cast<std::byte>(bits >> 32);
        }
        return room.first(wanted);
    }

    std::uint64_t number() { return random_(); }

private:
    std::mt19937_64 random_{20'261'121};
};

void check_screen(term::terminal const& t)
{
    auto const size = t.size();
    auto const at = t.cursor();
    REQUIRE((at.column >= 0 && at.column < size.columns && at.row >= 0 && at.row < size.rows));
    REQUIRE(t.scrollback().bytes() <= history_bytes);
    for (int y = 0; y < size.rows; ++y)
        for (int x = 0; x < t.line(y).used(); ++x)
            REQUIRE((t.line(y).at(x).shown.part() == term::glyph::role::wide) ==
                    (t.line(y).at(x + 1).shown.part() == term::glyph::role::tail));
}

TEST_CASE("T01: a gibibyte of random bytes breaks nothing, and memory stays flat")
{
    noise source;
    std::vector<std::byte> room(8192);
    term::terminal t({80, 24}, {.history_lines = 100'000, .history_bytes = history_bytes});
    std::size_t before = 0;
    std::size_t rounds = 0;
    for (std::size_t fed = 0; fed < gibibyte; ++rounds) {
        auto const piece = source.next(room);
        t.feed(piece);
        fed += piece.size();
        if (rounds == 1000)
            before = base::testing::resident_bytes();
        if (rounds % 256 == 0) {
            check_screen(t);
            (void)t.take_replies();
            (void)t.take_events();
        }
        if (rounds % 1024 == 0)
            t.resize({static_cast<std::uint16_t>(1 + source.number() % 200),
                      static_cast<std::uint16_t>(1 + source.number() % 100)});
    }
    auto const grown = base::testing::resident_bytes() - std::min(before, base::testing::resident_bytes());
    MESSAGE("pieces: " << rounds << ", memory grew by " << grown / 1024 << " KiB");
    CHECK(grown <= allowance);
}

}  // namespace
