#include <tendril/process/command.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process;

TEST_CASE("C01: an environment is empty unless it is told to inherit")
{
    ::setenv("TENDRIL_COMMAND_TEST", "here", 1);

    CHECK(environment().variables().empty());
    CHECK(environment::inherit().value_of("TENDRIL_COMMAND_TEST") == "here");
}

TEST_CASE("C01: setting a variable replaces it, and a longer name is another variable")
{
    auto given = environment::of({"PATH=/bin", "PATHS=x"});

    given.set("PATH", "/usr/bin").unset("NONE");

    CHECK(given.value_of("PATH") == "/usr/bin");
    CHECK(given.value_of("PATHS") == "x");
    CHECK(given.variables().size() == 2);
    CHECK_FALSE(given.unset("PATH").value_of("PATH").has_value());
}

TEST_CASE("C01: an argv becomes a program with its arguments")
{
    std::vector<std::string> const argv{"wc", "-l", "x"};

    auto const made = command_of(argv);

    CHECK(made.program == "wc");
    CHECK(made.arguments == std::vector<std::string>{"-l", "x"});
}

}  // namespace
