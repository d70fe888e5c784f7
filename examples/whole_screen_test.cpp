#include <tendril/process/testing/scratch_accounts.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process::testing;

TEST_CASE("X12: one expression matches a screen of fifty lines that a pager has painted")
{
    auto const seen = run({"env", "TERM=xterm-256color", TENDRIL_WHOLE_SCREEN, "\\A1\\n(?:\\d+\\n){48}:\\Z",
                           "sh", "-c", "seq 1 2000 | less"});

    CAPTURE(seen.errors);
    REQUIRE(seen.ending.status.success());
    CHECK(seen.output.starts_with("1\n2\n3\n"));
    CHECK(seen.output.ends_with("48\n49\n:\n"));
}

}  // namespace
