#include <tendril/session/paste.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::hosted_session;

term::terminal const& shown_by(hosted_session& hosted)
{
    return dynamic_cast<term::terminal const&>(hosted.program->emulator());
}

TEST_CASE("X13: a paste stands in brackets where the program asks for them, and cannot end them itself")
{
    hosted_session hosted("stty raw -echo; printf '\\033[?2004hready'; cat -v");
    REQUIRE(hosted.run_until_shown("ready"));

    REQUIRE_FALSE(session::paste(*hosted.program, shown_by(hosted), "one\ntw\x1b[201~o\x03."));

    CHECK(hosted.run_until_shown("^[[200~one^Mtwo.^[[201~"));
}

TEST_CASE("X13: a paste for a program that does not ask is its text alone")
{
    hosted_session hosted("stty -echo; echo ready; read a; read b; echo \"got $a $b\"");
    REQUIRE(hosted.run_until_shown("ready"));

    REQUIRE_FALSE(session::paste(*hosted.program, shown_by(hosted), "one\r\ntwo\n"));

    CHECK(hosted.run_until_shown("got one two\r\n"));
}

}  // namespace
