#include <tendril/base/quote.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <string>

#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::hosted_session;

/// The person's terminal is a session of the test; the script in it hands a program over.
std::string handing_over(std::string const& program)
{
    return std::string(TENDRIL_TEST_CHILD) + ' ' + base::shell_quote(program) + "; echo status $?";
}

TEST_CASE("X13: a script hands its program to a person and takes it back at the escape key")
{
    hosted_session person(
        handing_over("stty -echo; echo ready; read a; echo \"got $a\"; read b; echo \"got $b\""));
    auto& terminal = *person.program;
    REQUIRE(person.run_until_shown("ready"));
    auto const is_raw = [&] { return (terminal.attributes()->c_lflag & ICANON) == 0; };
    REQUIRE(person.run_until([&] {
        asio::post(person.loop, [] {});
        return is_raw();
    }));

    REQUIRE_FALSE(terminal.write_line("from the person"));
    REQUIRE(person.run_until_shown("got from the person"));
    REQUIRE_FALSE(terminal.write(base::bytes_of("\x1d"
                                                "dropped")));
    REQUIRE(person.run_until_shown("escaped"));
    CHECK_FALSE(is_raw());
    REQUIRE(person.run_to_exit());

    // The script's first match is behind "ready": what the person was told comes before its own answer.
    CHECK(person.output.find("script saw from the person\r\n") != std::string::npos);
    CHECK(person.output.ends_with("status 0\r\n"));
}

TEST_CASE("X13: keys before the escape key in one go are typed, and the program gets the person's size")
{
    auto how = session::testing::shell(
        handing_over("stty -echo; echo ready; read a; echo \"got $a at $(stty size)\""));
    how.launch.terminal.size = {.columns = 97, .rows = 33};
    hosted_session person(std::move(how));
    REQUIRE(person.run_until_shown("ready"));
    REQUIRE(person.run_until([&] {
        asio::post(person.loop, [] {});
        return (person.program->attributes()->c_lflag & ICANON) == 0;
    }));

    REQUIRE_FALSE(person.program->write(base::bytes_of("half a line, \x1d")));
    REQUIRE(person.run_to_exit());

    CHECK(person.output.find("script saw half a line, from the script at 33 97\r\n") != std::string::npos);
    CHECK(person.output.ends_with("status 0\r\n"));
}

TEST_CASE("X13: a program that ends in the person's hands gives the terminal back")
{
    hosted_session person(handing_over("echo ready; read a; printf '\\033[?1049h'; echo bye"));
    REQUIRE(person.run_until_shown("ready"));
    REQUIRE_FALSE(person.program->write_line("x"));
    REQUIRE(person.run_to_exit());

    CHECK(person.output.ends_with("the program ended\r\nstatus 0\r\n"));
    CHECK(person.output.find("\033[?1049l") != std::string::npos);
    CHECK((person.program->attributes()->c_lflag & ICANON) != 0);
}

}  // namespace
