#include <tendril/base/quote.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::base;

TEST_CASE("base: plain words need no quotes, everything else is quoted for a POSIX shell")
{
    CHECK(shell_quote("notes.txt") == "notes.txt");
    CHECK(shell_quote("") == "''");
    CHECK(shell_quote("a b") == "'a b'");
    CHECK(shell_quote("it's") == "'it'\\''s'");
    CHECK(shell_quote("$HOME") == "'$HOME'");
}

TEST_CASE("base: a command line is the quoted words, joined")
{
    std::vector<std::string> const words{"sh", "-c", "echo hi"};

    CHECK(shell_join(words) == "sh -c 'echo hi'");
}

TEST_CASE("base: hostile text is shown without its control characters")
{
    CHECK(printable("a\x1b[31mb\n") == "a\\x1b[31mb\\x0a");
    CHECK(printable("grün") == "grün");
}

}  // namespace
