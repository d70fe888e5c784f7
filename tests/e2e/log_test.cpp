#include <tendril/base/file.hpp>
#include <tendril/base/quote.hpp>

#include <string>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>
#include <tests/e2e/scratch_folder.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::shell_quote;

/// Runs `tendril log WORDS` with an index of its own; what it says comes with what it prints.
finished log(scratch_folder const& folder, std::string const& words)
{
    return shell("XDG_CACHE_HOME=" + shell_quote(folder / "cache") + " TZ=UTC " +
                 shell_quote(tendril_path()) + " log " + words + " 2>&1");
}

std::string const recorded =
    R"cast({"version":2,"width":80,"height":24,"timestamp":1700000000,"command":"make","title":"\u001b[31mred"})cast"
    "\n"
    R"cast([1.5, "o", "\u001b[1mfirst\u001b[m line\r\nsecond line\r\n"])cast"
    "\n";

TEST_CASE(
    "L07: log lists recordings, and what they say about themselves reaches the terminal as harmless text")
{
    scratch_folder const folder;
    REQUIRE(tendril::base::replace_file(folder / "a.cast", recorded).has_value());
    auto const done = log(folder, "list " + shell_quote(folder.path));
    CHECK(done.status == 0);
    CHECK(done.out == "2023-11-14 22:13:20   0:00:01.500      80x24  a.cast  \\x1b[31mred\n");
}

TEST_CASE("L07: log search prints recording, time and line, and its status says whether there is any")
{
    scratch_folder const folder;
    REQUIRE(tendril::base::replace_file(folder / "a.cast", recorded).has_value());
    auto const found = log(folder, "search 'FIRST li' " + shell_quote(folder.path));
    CHECK(found.status == 0);
    CHECK(found.out == "a.cast:0:00:01.500: first line\n");
    CHECK(log(folder, "search third " + shell_quote(folder.path)).status == 1);
    CHECK(log(folder, "search -n 1 line " + shell_quote(folder.path)).out ==
          "a.cast:0:00:01.500: first line\n");
    CHECK(log(folder, "search make --json " + shell_quote(folder.path)).out.find(R"("header":true)") !=
          std::string::npos);
}

TEST_CASE("L07: log show prints a recording as lines, with their times if asked")
{
    scratch_folder const folder;
    auto const path = folder / "a.cast";
    REQUIRE(tendril::base::replace_file(path, recorded).has_value());
    CHECK(log(folder, "show " + shell_quote(path)).out == "first line\nsecond line\n");
    CHECK(log(folder, "show --flat " + shell_quote(path)).out ==
          "0:00:01.500  first line\n0:00:01.500  second line\n");
}

TEST_CASE("L07: a folder or a recording that is not there is one line and status 2")
{
    scratch_folder const folder;
    auto const list = log(folder, "list /nowhere");
    CHECK(list.status == 2);
    CHECK(list.out == "tendril log: cannot look into /nowhere: No such file or directory\n");
    CHECK(log(folder, "show /nowhere").status == 2);
    CHECK(log(folder, "").status == 2);
}

}  // namespace
