#include <tendril/session/testing/driven_session.hpp>

#include <doctest/doctest.h>
#include <tests/conformance/libvterm_emulator.hpp>

namespace {

using namespace tendril;
using session::testing::driven_session;

TEST_CASE(
    "T02: a session runs on libvterm: its replies reach the program, its screen the patterns, sizes both")
{
    driven_session driven("stty -icanon -echo min 1; printf 'ab\\033[6n'; stty size;"
                          "printf '%s.' \"$(dd bs=1 count=6 2>/dev/null | tr -d '\\033')\"; stty size;"
                          "printf '\\033[3;1Hthird\\bx'",
                          std::make_unique<conformance::libvterm_emulator>(term::grid_size{80, 24}));
    auto seen = false;
    driven.program.expect({*expect::pattern::exact("thirx")}, [&](auto const&) { seen = true; });
    REQUIRE(driven.run_to_end());

    auto const lines = driven.program.emulator().dump();
    CHECK(seen);
    CHECK(lines.size() == 24);
    CHECK(lines[0] == "ab24 80");
    CHECK(lines[1] == "[1;3R.24 80");
    CHECK(lines[2] == "thirx");
}

TEST_CASE("T02: a session gives libvterm and the program a new size")
{
    driven_session driven("read go; stty size",
                          std::make_unique<conformance::libvterm_emulator>(term::grid_size{80, 24}));
    REQUIRE(driven.program.resize({.columns = 40, .rows = 5}).has_value());
    REQUIRE_FALSE(driven.program.write(base::bytes_of("\r")));
    REQUIRE(driven.run_to_end());

    auto const lines = driven.program.emulator().dump();
    CHECK(lines.size() == 5);
    CHECK(lines[1] == "5 40");
}

}  // namespace
