#include <tendril/base/file.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/base/testing/scratch_folder.hpp>

#include <string>
#include <string_view>

#include <unistd.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::shell_quote;
using tendril::base::testing::scratch_folder;

std::string content_of(std::string const& path)
{
    return tendril::base::read_file(path, 64 * 1024 * 1024).value();
}

std::string const session =
    R"cast({"version":3,"term":{"cols":90,"rows":30,"type":"xterm"},"timestamp":1700000000,"command":"demo","title":"t"})cast"
    "\n"
    R"cast([0.25, "o", "h\u00e9llo\r\n"])cast"
    "\n"
    R"cast([0.1, "i", "x"])cast"
    "\n"
    R"cast([0.1, "r", "100x40"])cast"
    "\n"
    R"cast([0.1, "m", "here"])cast"
    "\n"
    R"cast([0.5, "o", "bye\r\n"])cast"
    "\n"
    R"cast([0.25, "x", "3"])cast"
    "\n";
std::string const shown = "h\xc3\xa9llo\r\nbye\r\n";

TEST_CASE("L05: a typescript that script(1) wrote is played, its timing found beside it")
{
    scratch_folder const folder;
    for (auto const* form : {"classic", "advanced"}) {
        CAPTURE(form);
        auto const file = folder / (std::string(form) + ".typescript");
        auto const recorded =
            shell("script -q -e -m " + std::string(form) + " -O " + shell_quote(file) + " -T " +
                  shell_quote(file + ".timing") + " -c 'printf \"one\\n\"; printf \"\\377two\\n\"; exit 4'");
        REQUIRE(recorded.status == 4);

        auto const played = run({"play", file});
        CHECK(played.status == 0);
        CHECK(played.err == "");
        CHECK(played.out == "one\r\n\xfftwo\r\n");

        auto const cast = folder / "demo.cast";
        auto const converted = run({"convert", file, cast});
        CHECK(converted.err ==
              "tendril convert: asciicast-v3 cannot say, and lost: 1 bytes that are not UTF-8\n");
        CHECK(content_of(cast).find(R"("x", "4"])") != std::string::npos);
    }
}

TEST_CASE("L05: scriptreplay plays what we write, classic and of several streams")
{
    scratch_folder const folder;
    auto const source = folder / "demo.cast";
    REQUIRE(tendril::base::replace_file(source, session).has_value());
    for (auto const* form : {"typescript", "typescript-streams"}) {
        CAPTURE(form);
        auto const file = folder / form;
        REQUIRE(run({"convert", "-q", "--to", form, source, file}).status == 0);
        auto const log = std::string_view(form) == "typescript" ? " -O " : " -B ";

        // scriptreplay ends with a newline of its own.
        CHECK(shell("scriptreplay -d 1000 -T " + shell_quote(file + ".timing") + " --stream out" + log +
                    shell_quote(file))
                  .out == shown + "\n");
    }
    auto const file = folder / "typescript-streams";
    CHECK(shell("scriptreplay -T " + shell_quote(file + ".timing") + " --summary -B " + shell_quote(file))
              .out.find("1.300000") != std::string::npos);
}

TEST_CASE("L08: a ttyrec that ttyrec(1) wrote is played, and what it says survives a golog")
{
    scratch_folder const folder;
    auto const file = folder / "demo.ttyrec";
    // It asks, because ttyrec waits for ever for a program that ends before ttyrec knows its process id.
    auto const recorded = run({"run", "--answer", "go.=on", "--", "ttyrec", "-e",
                               R"(printf 'go?'; read line; printf 'a\377b\n')", file});
    REQUIRE(recorded.status == 0);

    auto const played = run({"play", file});
    CHECK(played.status == 0);
    CHECK(played.out.find("a\xff"
                          "b\r\n") != std::string::npos);

    auto const golog = folder / "demo.golog";
    REQUIRE(run({"convert", file, golog}).status == 0);
    CHECK(run({"play", golog}).out == played.out);
}

TEST_CASE("L02: a golog is gzip of frames as Gate One cuts them")
{
    scratch_folder const folder;
    auto const golog = folder / "demo.golog";
    REQUIRE(run({"convert", "-", golog}, session).status == 0);

    auto const frames = shell("gzip -dc " + shell_quote(golog)).out;
    CHECK(frames.substr(0, 14) == "1700000000000:");
    CHECK(frames.find("1700000000250:h\xc3\xa9llo\r\n\xf3\xb0\xbc\x8f") != std::string::npos);
    CHECK(frames.find(R"("rows":30,"columns":90)") != std::string::npos);
    CHECK(frames.ends_with("\xf3\xb0\xbc\x8f"));
}

TEST_CASE("L08: a recording that goes through every format and back is what it was")
{
    scratch_folder const folder;
    auto const golog = folder / "demo.golog";
    auto const v2 = folder / "v2.cast";
    auto const back = folder / "back.cast";
    REQUIRE(run({"convert", "-", golog}, session).status == 0);
    REQUIRE(run({"convert", golog, v2, "--to", "asciicast-v2"}).err == "");
    REQUIRE(run({"convert", v2, back}).err == "");

    auto const again = run({"convert", "-", "-", "--to", "asciicast-v3"}, session);
    CHECK(content_of(back).substr(content_of(back).find('\n')) == again.out.substr(again.out.find('\n')));
    CHECK(run({"play", back}).out == shown);
}

TEST_CASE("L08: what the format cannot hold is said in one line")
{
    scratch_folder const folder;

    auto const converted = run({"convert", "-", folder / "demo.ttyrec"}, session);

    CHECK(converted.status == 0);
    CHECK(converted.err ==
          "tendril convert: ttyrec cannot say, and lost: the command, the type of the terminal, "
          "the title, 1 input event, 1 marker, 1 exit status\n");
}

TEST_CASE("L08: a recording that cannot be read leaves the output as it was, and nothing beside it")
{
    scratch_folder const folder;
    auto const output = folder / "demo.cast";
    REQUIRE(tendril::base::replace_file(output, "precious").has_value());

    auto const converted = run({"convert", "-", output}, "no recording\n");

    CHECK(converted.status == 2);
    CHECK(converted.err.find("no recording in a format") != std::string::npos);
    CHECK(content_of(output) == "precious");
    CHECK(shell("ls " + shell_quote(folder.path)).out == "demo.cast\n");
}

TEST_CASE("L08: sequences in the metadata reach no terminal")
{
    std::string const hostile =
        R"({"version":2,"width":80,"height":24,"title":"\u001b]0;pwned\u0007","command":"\u001b[2J"})"
        "\n[0.1, \"o\", \"x\"]\n[\"\\u001b[31m\", \"o\"]\n";
    for (auto const& arguments : {std::vector<std::string>{"play", "-"},
                                  {"convert", "-", "-", "--to", "typescript", "--timing-output", "/dev/null"},
                                  {"export", "-"}}) {
        auto const shown_to_person = run(arguments, hostile);
        CHECK(shown_to_person.out.find('\x1b') == std::string::npos);
        CHECK(shown_to_person.err.find('\x1b') == std::string::npos);
    }
}

}  // namespace
