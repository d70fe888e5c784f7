#include <tendril/term/difference.hpp>
#include <tendril/term/terminal.hpp>

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/soup.hpp>

namespace {

using namespace tendril;
using conformance::soup_of;

std::string codes_of(term::terminal const& t, term::cell const& of)
{
    std::string text;
    t.append_text(of.shown, text);
    return text;
}

/// Cells of two terminals are compared by what they mean: numbers of clusters and links are each one's own.
bool shows_same(term::terminal const& one, term::cell const& a, term::terminal const& other,
                term::cell const& b)
{
    auto const* const first = one.link_of(a);
    auto const* const second = other.link_of(b);
    return a.style == b.style && a.shown.part() == b.shown.part() &&
           a.shown.is_blank() == b.shown.is_blank() && codes_of(one, a) == codes_of(other, b) &&
           one.underline_color_of(a) == other.underline_color_of(b) && !first == !second &&
           (!first || *first == *second);
}

/// What a difference promises, one by one; the last line's wrap and a pending wrap at a side margin are not
/// promised.
void check_shows(term::terminal const& client, term::terminal const& now)
{
    REQUIRE(client.size() == now.size());
    for (int y = 0; y < now.size().rows; ++y) {
        CAPTURE(y);
        if (y + 1 < now.size().rows)
            REQUIRE(client.line(y).wrapped() == now.line(y).wrapped());
        for (int x = 0; x < now.size().columns; ++x) {
            CAPTURE(x);
            REQUIRE(shows_same(client, client.line(y).at(x), now, now.line(y).at(x)));
        }
    }
    auto wanted = now.cursor();
    wanted.pending_wrap = wanted.pending_wrap && wanted.column == now.size().columns - 1;
    REQUIRE(client.cursor() == wanted);
    REQUIRE(client.shown() == now.shown());
}

TEST_CASE("T06: at any moments of random output, a difference takes a client from one to the next")
{
    std::mt19937 random(6);
    for (int round = 0; round < 600; ++round) {
        term::grid_size size{static_cast<std::uint16_t>(1 + random() % 20),
                             static_cast<std::uint16_t>(1 + random() % 8)};
        term::terminal program(size, {.history_lines = 5});
        term::terminal client(size, {.history_lines = 0});
        term::frame known;
        auto const is_fresh = random() % 2 == 0;
        if (!is_fresh)
            client.feed(base::bytes_of(soup_of(random, 20) + "\x18"));
        term::client_abilities const can{.repeats = random() % 2 == 0, .synchronizes = random() % 4 == 0};
        for (int turn = 0; turn < 12; ++turn) {
            auto const soup = soup_of(random, 1 << random() % 6);
            program.feed(base::bytes_of(soup));
            if (random() % 16 == 0) {
                size.columns = static_cast<std::uint16_t>(1 + random() % 20);
                program.resize(size);
                client.resize(size);
            }
            auto const bytes = term::difference(known, program, can);
            client.feed(base::bytes_of(bytes));
            CAPTURE(round);
            CAPTURE(turn);
            CAPTURE(soup);
            CAPTURE(bytes);
            check_shows(client, program);
            if (is_fresh)
                REQUIRE(term::settings_of(client) == term::settings_of(program));
            REQUIRE(term::difference(known, program, can).empty());
        }
    }
}

}  // namespace
