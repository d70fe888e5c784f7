#include <tendril/term/difference.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/terminal.hpp>

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/common_vocabulary.hpp>
#include <tests/conformance/libvterm_judge.hpp>

namespace {

using namespace tendril;
using namespace tendril::conformance;

constexpr int columns = 20;
constexpr int rows = 6;

std::string output_of(std::mt19937& random, std::size_t choices)
{
    auto const chosen = random_choices(random, choices);
    return common_output({reinterpret_cast<std::uint8_t const*>(chosen.data()), chosen.size()}, columns,
                         rows);
}

TEST_CASE(
    "T08: random output on whose meaning terminals agree: libvterm shows the same text, looks and cursor")
{
    std::mt19937 random(8);
    for (int round = 0; round < 2000; ++round) {
        auto const output = output_of(random, 60);
        term::terminal ours({columns, rows});
        libvterm_emulator theirs({columns, rows});
        ours.write(base::bytes_of(output));
        theirs.write(base::bytes_of(output));
        CAPTURE(output);
        REQUIRE(unlike(theirs, ours) == "");
    }
}

TEST_CASE("T06: libvterm, fed differences only, shows what the program's terminal shows")
{
    std::mt19937 random(66);
    for (int round = 0; round < 500; ++round) {
        term::terminal program({columns, rows});
        libvterm_emulator client({columns, rows});
        term::frame known;
        for (int turn = 0; turn < 8; ++turn) {
            auto const output = output_of(random, 1u << random() % 7);
            program.write(base::bytes_of(output));
            auto const bytes = term::difference(known, program);
            client.write(base::bytes_of(bytes));
            CAPTURE(output);
            CAPTURE(bytes);
            REQUIRE(unlike(client, program) == "");
        }
    }
}

TEST_CASE("T12: libvterm, fed the VT stream that rebuilds a terminal, shows what that terminal shows")
{
    std::mt19937 random(12);
    for (int round = 0; round < 1000; ++round) {
        term::terminal program({columns, rows});
        program.write(base::bytes_of(output_of(random, 1u << random() % 9)));
        auto const bytes = term::rebuild_sequence(program);
        libvterm_emulator client({columns, rows});
        client.write(base::bytes_of(bytes));
        CAPTURE(bytes);
        REQUIRE(unlike(client, program) == "");
    }
}

}  // namespace
