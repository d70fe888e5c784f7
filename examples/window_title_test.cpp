#include <tendril/process/testing/scratch_accounts.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process::testing;

TEST_CASE("X12: the window title of a real editor is caught in the raw stream")
{
    auto const seen = run({"env", "TERM=xterm-256color", TENDRIL_WINDOW_TITLE, "vim", "-u", "NONE", "-N",
                           "--cmd", "set title titlestring=caught\\ you"});

    CAPTURE(seen.errors);
    CHECK(seen.output == "caught you\n");
}

TEST_CASE("X12: a program without a title is an error once it has ended")
{
    auto const seen = run({TENDRIL_WINDOW_TITLE, "true"});

    CHECK_FALSE(seen.ending.status.success());
    CHECK(seen.output.empty());
}

}  // namespace
