#include <array>
#include <cstdio>
#include <string>

#include <sys/wait.h>

#include <doctest/doctest.h>

namespace {

/// What a run printed, both streams together, and its exit status.
struct outcome {
    std::string text;
    int status = 0;
};

/// Runs `tendril render --serve OPTIONS -- sh -c SCRIPT`; SCRIPT holds no single quotes.
outcome serve(std::string const& options, std::string const& script)
{
    auto const line =
        "'" TENDRIL_PROGRAM "' render --serve " + options + " -- sh -c '" + script + "' 2>&1 </dev/null";
    auto* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe);
    outcome got;
    std::array<char, 4096> buffer;
    while (auto const count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        got.text.append(buffer.data(), count);
    got.status = WEXITSTATUS(::pclose(pipe));
    return got;
}

/// Asks the terminal @p question and prints the answer as hexadecimal digits.
std::string asking(std::string const& question, int bytes)
{
    return "stty raw -echo; printf \"" + question + "\"; head -c " + std::to_string(bytes) +
           " | od -An -tx1 | tr -d \" \\n\"";
}

TEST_CASE("T08: a program that is served has a real terminal of the size that was asked for")
{
    auto const got = serve("--size 60x9", "test -t 0 && test -t 1 && stty size && echo $TERM");

    CHECK(got.text.starts_with("9 60\nxterm-256color\n\n"));
    CHECK(got.status == 0);
}

TEST_CASE("T08: what a served program asks its terminal is answered")
{
    CHECK(serve("", "printf \"\\033[3;7H\"; " + asking("\\033[6n", 6)).text.find("1b5b333b3752") !=
          std::string::npos);
    CHECK(serve("", asking("\\033P+q436F\\033\\\\", 18)).text.find("1b50312b72343336463d333233353336") !=
          std::string::npos);
}

TEST_CASE("T07: the object of a served program tells its answers, its events and its screen")
{
    auto const got = serve("--format json --size 10x2", asking("\\033]2;name\\007\\033[5n", 4));

    CHECK(got.text.find("\"screen\":[{\"text\":\"1b5b306e\"") != std::string::npos);
    CHECK(got.text.find("\"replies\":\"G1swbg==\"") != std::string::npos);
    CHECK(got.text.find("{\"type\":\"title\",\"text\":\"name\"}") != std::string::npos);
}

TEST_CASE("T09: a served program may change the size of its terminal, unless that is not allowed")
{
    // The answer to the second question says that the kernel's terminal has had its new size set.
    auto const script = "printf \"\\033[8;12;50t\"; " + asking("\\033[18t", 10) +
                        "; until test \"$(stty size)\" = \"12 50\"; do :; done; echo followed";

    CHECK(serve("--size 40x10", script).text.find("followed") != std::string::npos);
    CHECK(serve("--size 40x10 --allow none", "printf \"\\033[8;12;50t\"; " + asking("\\033[18t", 10))
              .text.starts_with("1b5b383b31303b343074"));
}

TEST_CASE("T07: a served program may ask for its titles, unless that is not allowed")
{
    CHECK(serve("", asking("\\033]2;ab\\007\\033[21t", 7)).text.starts_with("1b5d6c61621b5c"));
    CHECK(serve("--allow resize", asking("\\033]2;ab\\007\\033[21t", 5)).text.starts_with("1b5d6c1b5c"));
}

TEST_CASE("T08: the status of a served program is ours")
{
    CHECK(serve("", "exit 7").status == 7);
    CHECK(serve("", "kill -KILL $$").status == 137);
    CHECK(serve("", "exec /nonexistent/program").status == 127);
}

TEST_CASE("T08: a served program that does not end is ended at the deadline, and its screen is shown")
{
    auto const got = serve("--deadline 0.3", "trap \"\" HUP TERM; echo here; while :; do sleep 10; done");

    CHECK(got.status == 124);
    CHECK(got.text.find("here\n") != std::string::npos);
    CHECK(got.text.find("tendril render: the program was ended at the deadline\n") != std::string::npos);
}

TEST_CASE("T08: a command line for serving that makes no sense is one clear line and status 2")
{
    for (auto const* const each :
         {"--serve", "--serve --", "-- true", "--deadline 1", "--serve --onlcr -- true",
          "--serve --split 1 -- true", "--serve --deadline 0 -- true", "--serve --allow everything -- true",
          "--serve --size 0x0 -- true"}) {
        CAPTURE(each);
        auto const line = std::string("'" TENDRIL_PROGRAM "' render ") + each + " 2>&1 </dev/null";
        auto* const pipe = ::popen(line.c_str(), "r");
        REQUIRE(pipe);
        std::array<char, 4096> buffer;
        std::string const text(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), pipe));
        CHECK(WEXITSTATUS(::pclose(pipe)) == 2);
        CHECK(text.starts_with("tendril render: "));
        CHECK(text.find('\n') == text.size() - 1);
    }
}

}  // namespace
