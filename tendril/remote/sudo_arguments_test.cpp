#include <tendril/remote/detail/sudo_arguments.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using tendril::remote::detail::read_sudo_arguments;
using words = std::vector<std::string>;

TEST_CASE("K05: options are read as sudo reads them")
{
    for (auto const& given : std::vector<words>{{"-u", "web"},
                                                {"-uweb"},
                                                {"-EHuweb"},
                                                {"--user", "web"},
                                                {"--user=web"},
                                                {"--us=web"},
                                                {"-n", "-u", "web", "-k"},
                                                {"-r", "-u", "-uweb", "A=1"},
                                                {"--preserve-env", "--user=web"},
                                                {"--preserve-env=A,B", "-uweb"}}) {
        CAPTURE(given);
        auto const found = read_sudo_arguments(given);
        REQUIRE(found.has_value());
        CHECK(found->username == "web");
        CHECK(found->words == given);
    }
    CHECK(read_sudo_arguments(words{"-H", "--"})->words == words{"-H"});
    CHECK_FALSE(read_sudo_arguments(words{"-H"})->username.has_value());
}

TEST_CASE("K05: an option that sudo does not have, or that a way in cannot use, is named")
{
    for (auto const& [given, culprit] :
         std::vector<std::pair<words, std::string>>{{{"-S"}, "-S"},
                                                    {{"-H", "-A"}, "-A"},
                                                    {{"-Hb"}, "-Hb"},
                                                    {{"-p", "x"}, "-p"},
                                                    {{"--stdin"}, "--stdin"},
                                                    {{"--shel"}, "--shel"},
                                                    {{"--s"}, "--s"},  // set-home, shell or stdin
                                                    {{"--nothing"}, "--nothing"},
                                                    {{"-x"}, "-x"},
                                                    {{"-u"}, "-u"},
                                                    {{"-u", "root", "-n", "--user=web"}, "--user=web"},
                                                    {{"--set-home=1"}, "--set-home=1"},
                                                    {{"true"}, "true"},
                                                    {{"-"}, "-"},
                                                    {{""}, ""},
                                                    {{"--", "true"}, "--"}}) {
        CAPTURE(given);
        auto const found = read_sudo_arguments(given);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error() == culprit);
    }
}

}  // namespace
