#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/picture/testing/png_reader.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::testing::scratch_folder;
namespace fs = std::filesystem;

std::string const head = R"({"version":3,"term":{"cols":20,"rows":3},"title":"a & b"})"
                         "\n";
std::string const session = head + R"([0.0, "o", "1\r\n2\r\n3\r\n"])"
                                   "\n"
                                   R"([1.0, "o", "\u001b[31mfour\u001b[m <4>\r\n"])"
                                   "\n"
                                   R"([60.0, "o", "five"])"
                                   "\n";

std::string content_of(std::string const& path)
{
    return tendril::base::read_file(path, 1024 * 1024).value();
}

TEST_CASE("L08: as text a recording is everything that scrolled by and the screen, plain")
{
    auto const exported = run({"export", "-"}, session);

    CHECK(exported.status == 0);
    CHECK(exported.out == "1\n2\n3\nfour <4>\nfive\n");
    CHECK(exported.err == "");
}

TEST_CASE("L08: the name of the output says the format, and text of the recording is escaped in it")
{
    scratch_folder const folder;
    auto const page = folder.path + "/demo.html";
    auto const picture = folder.path + "/demo.svg";

    REQUIRE(run({"export", "-", "-o", page}, session).status == 0);
    REQUIRE(run({"export", "-", "-o", picture}, session).status == 0);

    CHECK(content_of(page).starts_with("<!DOCTYPE html>"));
    CHECK(content_of(page).find("&lt;4&gt;") != std::string::npos);
    CHECK(content_of(picture).starts_with("<svg "));
    CHECK(content_of(picture).find("a &amp; b") != std::string::npos);
    CHECK(content_of(picture).find("animation") == std::string::npos);
}

TEST_CASE("L08: as pixels a recording is the screen of a moment")
{
    scratch_folder const folder;
    auto const last = folder.path + "/last.png";
    auto const early = folder.path + "/early.png";

    REQUIRE(run({"export", "-", "-o", last}, session).status == 0);
    REQUIRE(run({"export", "-", "--at", "0.5", "--scale", "2", "-o", early}, session).status == 0);

    auto const pixels = tendril::picture::testing::read_png(content_of(last));
    CHECK(pixels.width == 20 * 16);
    CHECK(pixels.height == 3 * 32);
    CHECK(pixels.bytes != tendril::picture::testing::read_png(content_of(early)).bytes);
}

TEST_CASE("L08: pixels are not written to a terminal")
{
    scratch_folder const folder;
    auto const cast = folder.path + "/demo.cast";
    REQUIRE(tendril::base::replace_file(cast, session).has_value());
    on_terminal shown({"export", cast, "--format", "png"}, 80, 24);

    CHECK(shown.read_to_end().starts_with(
        "tendril export: cannot write a picture to a terminal (name a file with -o)"));
    CHECK(shown.status() == 1);
}

TEST_CASE("L08: at a moment the picture and the text show that moment")
{
    CHECK(run({"export", "-", "--at", "0:59.5"}, session).out == "1\n2\n3\nfour <4>\n");
    CHECK(run({"export", "-", "--at", "0.5"}, session).out == "1\n2\n3\n");
    CHECK(run({"export", "-", "--at", "1:01"}, session).out == "1\n2\n3\nfour <4>\nfive\n");
}

TEST_CASE("L08: an animated picture cuts long pauses")
{
    auto const exported = run({"export", "-", "--animated"}, session);

    CHECK(exported.status == 0);
    CHECK(exported.out.find("animation:6.000000s") != std::string::npos);  // 1 + 2 of 59 + 3 of hold
}

TEST_CASE("L08: a name that ends in .html makes the animated one a page that plays")
{
    scratch_folder const folder;
    auto const path = folder / "film.html";
    CHECK(run({"export", "-", "--animated", "-o", path}, session).status == 0);
    auto const page = tendril::base::read_file(path, 1'000'000).value();
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(page.find("id=\"film\"") != std::string::npos);
}

TEST_CASE("L08: on a screen of another size lines wrap there")
{
    CHECK(run({"export", "-", "--size", "4x9"}, session).out == "1\n2\n3\nfour\n <4>\nfive\n");
}

TEST_CASE("L08: a wrong command line is one line and status 2")
{
    for (auto const& [arguments, complaint] :
         {std::pair<std::vector<std::string>, std::string>{{"export", "-", "-o", "x.gif"}, "give --format"},
          {{"export", "-", "--format", "pdf"}, "pdf"},
          {{"export", "-", "--at", "soon"}, "'soon' is no time"},
          {{"export", "-", "--at", "1:2:3:4"}, "is no time"},
          {{"export", "-", "--size", "0x0"}, "0x0"},
          {{"export", "-", "--animated", "--format", "text"}, "only svg and html"},
          {{"export", "-", "--scale", "2"}, "only for png"},
          {{"export", "-", "--format", "png", "--animated"}, "only svg and html"},
          {{"export", "-", "--animated", "--at", "1"}, "one of the two"},
          {{"export"}, "FILE"}}) {
        auto const exported = run(arguments, session);
        CAPTURE(complaint);
        CAPTURE(exported.err);
        CHECK(exported.status == 2);
        CHECK(exported.out == "");
        CHECK(exported.err.starts_with("tendril export: "));
        CHECK(exported.err.find(complaint) != std::string::npos);
        CHECK(exported.err.find('\n') == exported.err.size() - 1);
    }
}

TEST_CASE("L08: what cannot be read leaves an old output as it was")
{
    scratch_folder const folder;
    auto const picture = folder.path + "/demo.svg";
    REQUIRE(tendril::base::replace_file(picture, "precious").has_value());

    auto const exported = run({"export", "-", "-o", picture}, "no recording\n");

    CHECK(exported.status == 2);
    CHECK(exported.err ==
          "tendril export: cannot read standard input: it is no recording in a format that is known\n");
    CHECK(content_of(picture) == "precious");
}

TEST_CASE("L08: an output that cannot be written is named")
{
    auto const exported = run({"export", "-", "-o", "/nonexistent/demo.svg"}, session);

    CHECK(exported.status == 1);
    CHECK(exported.err.find("/nonexistent/demo.svg: No such file or directory") != std::string::npos);
}

}  // namespace
