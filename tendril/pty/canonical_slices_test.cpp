#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/canonical_slices.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::string_literals;
using pty::testing::terminal_fixture;

constexpr auto limit = pty::canonical_slices::line_limit_bytes;

::termios usual()
{
    auto const opened = pty::open();
    REQUIRE(opened.has_value());
    return *pty::attributes_of(opened->slave.get());
}

std::string sliced(pty::canonical_slices& slices, std::string_view text)
{
    return slices.slice(base::bytes_of(text));
}

TEST_CASE("P03: short lines are typed as they are")
{
    pty::canonical_slices slices(usual());

    CHECK(sliced(slices, "one\ntwo\r") == "one\ntwo\r");
    CHECK(slices.end() == "\x04");
}

TEST_CASE("P03: a line is cut only when a byte follows that the kernel would drop")
{
    pty::canonical_slices slices(usual());
    std::string const full(limit, 'x');

    CHECK(sliced(slices, full + "\n") == full + "\n");
    CHECK(sliced(slices, full + "y") == full + "\x04y");
}

TEST_CASE("P03: the cuts do not depend on how the input is chunked")
{
    std::string const text = std::string(9000, 'a') + "\n" + std::string(5000, 'b');
    pty::canonical_slices whole(usual());
    auto const expected = sliced(whole, text);

    for (std::size_t const step : {1U, 7U, 4095U, 4096U}) {
        pty::canonical_slices slices(usual());
        std::string got;
        for (std::size_t at = 0; at < text.size(); at += step)
            got += sliced(slices, std::string_view(text).substr(at, step));
        CHECK(got == expected);
    }
}

TEST_CASE("P04: the end of input in the middle of a line takes two end-of-file characters")
{
    pty::canonical_slices slices(usual());

    CHECK(sliced(slices, "half") == "half");
    CHECK(slices.end() == "\x04\x04");
}

TEST_CASE("P03: a terminal without an end-of-file character is left alone")
{
    auto attributes = usual();
    attributes.c_cc[VEOF] = _POSIX_VDISABLE;
    pty::canonical_slices slices(attributes);
    std::string const text(3 * limit, 'x');

    CHECK(sliced(slices, text) == text);
    CHECK(slices.end().empty());
}

TEST_CASE("P03: a line of 100 KB reaches a program that reads in canonical mode")
{
    auto const quiet = pty::without_echo(usual());
    pty::canonical_slices slices(quiet);
    terminal_fixture user(process::testing::test_child({"count"}), {.size = {}, .attributes = quiet});

    user.type(sliced(slices, std::string(100'000, 'x') + "\n"));
    user.type(slices.end());

    user.await("counted 100000\r\n");
    CHECK(user.wait().success());
}

TEST_CASE("P03: without cuts the kernel drops the tail of the same line")
{
    terminal_fixture user(process::testing::test_child({"count"}),
                          {.size = {}, .attributes = pty::without_echo(usual())});

    user.type(std::string(100'000, 'x') + "\n\x04");

    CHECK(user.await("\r\n") == "counted 4095");
}

}  // namespace
