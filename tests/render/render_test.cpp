#include <tendril/base/file.hpp>
#include <tendril/picture/testing/png_reader.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/terminal.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include <apps/tendril/size_option.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// What a run printed, both streams together, and its exit status.
struct outcome {
    std::string text;
    int status = 0;
};

/// Runs `printf INPUT | tendril render ARGUMENTS` in a shell.
outcome render(std::string const& input, std::string const& arguments)
{
    auto const line = "printf '" + input + "' | '" TENDRIL_PROGRAM "' render " + arguments + " 2>&1";
    auto* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe);
    outcome got;
    std::array<char, 4096> buffer;
    while (auto const count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        got.text.append(buffer.data(), count);
    got.status = WEXITSTATUS(::pclose(pipe));
    return got;
}

TEST_CASE("T03: render prints the screen's lines, and the history only when it is asked for")
{
    auto const input = "one\\r\\ntwo  \\r\\nthree";

    CHECK(render(input, "--size 8x2").text == "two\nthree\n");
    CHECK(render(input, "--size 8x2 --history 9").text == "one\ntwo\nthree\n");
    CHECK(render(input, "--size 8x2 --history 9 --blanks written").text == "one\ntwo  \nthree\n");
    CHECK(render(input, "--size 8x2 --blanks all").text == "two     \nthree   \n");
    CHECK(render("a\\nb", "--size 8x2").text == "a\n b\n");
    CHECK(render("a\\nb", "--size 8x2 --onlcr").text == "a\nb\n");
}

TEST_CASE("T01: render shows the same however the bytes are split")
{
    auto const input = "\\033[1;31mr\\303\\244d \\344\\270\\200\\033[6n";
    auto const whole = render(input, "--size 20x2 --format json --cells");

    CHECK(whole.status == 0);
    CHECK(whole.text.find("\"replies\":\"G1sxOzdS\"") != std::string::npos);
    for (auto const* const split : {"all", "1", "2", "3", "7"})
        CHECK(render(input, std::string("--size 20x2 --format json --cells --split ") + split).text ==
              whole.text);
}

TEST_CASE("T04: render writes pages and pictures, to a file if told so")
{
    CHECK(render("hi", "--format html").text.starts_with("<!DOCTYPE html>"));
    CHECK(render("hi", "--format svg").text.starts_with("<svg "));

    auto const path = std::filesystem::temp_directory_path() / ("render_test." + std::to_string(::getpid()));
    CHECK(render("hi", "--size 5x1 -o '" + path.string() + "'").text == "");
    CHECK(base::read_file(path.string(), 100) == "hi\n");
    std::filesystem::remove(path);
}

TEST_CASE("T04: render draws pixels, into a file or a pipe, as large as the scale says")
{
    auto const path = std::filesystem::temp_directory_path() / ("render_png." + std::to_string(::getpid()));
    CHECK(
        render("\\033[?25l\\033[41mx", "--size 5x2 --format png --scale 3 -o '" + path.string() + "'").text ==
        "");
    auto const file = base::read_file(path.string(), 1'000'000).value();
    std::filesystem::remove(path);
    auto const pixels = picture::testing::read_png(file);

    CHECK(pixels.width == 5 * 8 * 3);
    CHECK(pixels.height == 2 * 16 * 3);
    CHECK(pixels.at(0, 0) == term::default_palette(1));
    CHECK(pixels.at(24, 0) == term::default_color(term::dynamic_background));
    CHECK(render("\\033[?25l\\033[41mx", "--size 5x2 --format png --scale 3").text == file);
}

TEST_CASE("T04: a picture beyond all reason is refused")
{
    auto const huge = render("x", "--format png --size 4096x4096");
    CHECK(huge.status == 1);
    CHECK(huge.text.starts_with("tendril render: cannot draw a picture of more than"));
}

TEST_CASE(
    "T12: render --format vt gives bytes that bring a fresh terminal to the same state, history included")
{
    auto const input = "1\\r\\n2\\r\\n3 \\033[1;31mred\\033[?1049h\\033[2;2Halt\\033[?25l";
    auto const path = std::filesystem::temp_directory_path() / ("render_vt." + std::to_string(::getpid()));
    CHECK(render(input, "--size 20x2 --format vt -o '" + path.string() + "'").status == 0);
    auto const bytes = base::read_file(path.string(), 10'000);
    std::filesystem::remove(path);
    REQUIRE(bytes.has_value());

    term::terminal rebuilt({20, 2});
    rebuilt.feed(base::bytes_of(*bytes));
    auto const state = term::to_json(rebuilt, term::line_detail::cells);
    auto const wanted = render(input, "--size 20x2 --format json --cells").text;
    auto const without_events = [](std::string const& text) {
        return text.substr(0, text.find("\"events\""));
    };
    CHECK(without_events(state) == without_events(wanted));
}

TEST_CASE("T03: a command line that makes no sense is one clear line and status 2")
{
    for (auto const* const each :
         {"--size=0x0", "--size=99999x99999", "--size=80", "--size=80x", "--size=axb", "--size=-1x5",
          "--size=80x24x2", "--size=", "--split 0", "--split x", "--format pdf", "--format png --scale 0",
          "--scale 2", "--format png --scale x", "--history=-1", "--nonsense", "file"}) {
        CAPTURE(each);
        auto const got = render("x", each);
        CHECK(got.status == 2);
        CHECK(got.text.starts_with("tendril render: "));
        CHECK(got.text.find('\n') == got.text.size() - 1);
    }
    CHECK(render("x", "-o /nonexistent/file").status == 1);
}

TEST_CASE("T03: sizes run from 1x1 to 4096x4096")
{
    CHECK(app::parse_size("1x1") == term::grid_size{1, 1});
    CHECK(app::parse_size("4096x4096") == term::grid_size{4096, 4096});
    CHECK_FALSE(app::parse_size("4097x1"));
    CHECK_FALSE(app::parse_size("1x4097"));
    CHECK_FALSE(app::parse_size(" 1x1"));
    CHECK_FALSE(app::parse_size("1X1"));
}

}  // namespace
