#include <tendril/expect/testing/noting_queue.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;
using tendril::expect::testing::noting_queue;

options const sticky{.as = standing::sticky};

TEST_CASE("X11: text that stays on the screen, or scrolls up, fires once")
{
    noting_queue f;
    f.expect("password:", sticky);

    f.screen("x\npassword:", 0);
    f.screen("x\npassword:", 0);
    f.screen("password:\nwrong", 1);

    CHECK(f.fired.size() == 1);
}

TEST_CASE("X11: the same text on another line, or drawn anew, is a new appearance")
{
    noting_queue f;
    f.expect("password:", sticky);

    f.screen("password:");
    f.screen("password:\npassword:");
    CHECK(f.fired.size() == 2);
    f.screen("");
    f.screen("password:");

    CHECK(f.fired.size() == 3);
}

TEST_CASE("X11: a prompt that comes back with the primary screen is not answered again")
{
    noting_queue f;
    f.expect("password:", sticky);

    f.screen("password:");
    f.screen("an editor", 0, screen_kind::alternate);
    f.screen("password:");

    CHECK(f.fired.size() == 1);
}

TEST_CASE("X11: one prompt on the screen answers one of two equal expectations")
{
    noting_queue f;
    f.expect("password:");
    f.expect("password:");

    f.screen("New password:");
    CHECK(f.fired.size() == 1);
    f.screen("New password:\nRetype new password:");

    CHECK(f.fired.size() == 2);
}

TEST_CASE("X11: an answer echoed behind a greedy pattern does not fire it again")
{
    noting_queue f;
    f.expect("sure.*", sticky);

    f.screen("sure (yes/no)?");
    f.screen("sure (yes/no)? yes");

    CHECK(f.fired.size() == 1);
}

}  // namespace
