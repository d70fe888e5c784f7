#include <tendril/expect/pattern.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;

TEST_CASE("X01: a text pattern matches verbatim and says where")
{
    auto const found = pattern::exact("[y/n]?")->find("Continue [y/n]? ");

    CHECK(found.what == verdict::match);
    CHECK(found.begin == 9);
    CHECK(found.end == 15);
}

TEST_CASE("X01: a regular expression is multi-line by default and gives its groups")
{
    auto const found = pattern::regex("^user (\\w+)(!)?$")->find("one\nuser eve\ntwo");

    REQUIRE(found.what == verdict::match);
    CHECK(found.groups.at(0) == "eve");
}

TEST_CASE("X01: a regular expression that does not compile says why and where")
{
    auto const bad = pattern::regex("(unclosed");

    REQUIRE_FALSE(bad.has_value());
    CHECK(bad.error().message().find("missing closing parenthesis at offset 9") != std::string::npos);
}

TEST_CASE("X01: waiting for nothing is refused")
{
    CHECK_FALSE(pattern::exact("").has_value());
}

TEST_CASE("X10: a pattern that backtracks without end gives up")
{
    auto const hostile = *pattern::regex("(x+x+)+y");

    CHECK(hostile.find(std::string(5000, 'x') + "!y").what == verdict::gave_up);
}

TEST_CASE("X05: bytes that are not UTF-8 neither match nor stop the search")
{
    auto const prompt = *pattern::regex("n.me:");

    CHECK(prompt.find("\xff\xfe name:").what == verdict::match);
    CHECK(prompt.find("n\xffme:").what == verdict::no_match);
}

}  // namespace
