#include <tendril/term/difference.hpp>
#include <tendril/term/terminal.hpp>

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/same_screen.hpp>
#include <tests/conformance/soup.hpp>

namespace {

using namespace tendril;
using conformance::soup_of;

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
            REQUIRE(conformance::unlike(client, program) == "");
            if (is_fresh)
                REQUIRE(term::settings_of(client) == term::settings_of(program));
            REQUIRE(term::difference(known, program, can).empty());
        }
    }
}

}  // namespace
