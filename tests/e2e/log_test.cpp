#include <tendril/base/file.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/base/testing/scratch_folder.hpp>

#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::shell_quote;
using tendril::base::testing::scratch_folder;

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

TEST_CASE("L03: log finalise completes a recording, once, and names what it cannot complete")
{
    scratch_folder const folder;
    auto const path = folder / "a.golog";
    REQUIRE(run({"run", "--record", path, "--record-format", "golog", "--", "sh", "-c", "echo shown; exit 3"})
                .status == 3);
    auto const metadata = [&] { return shell("gzip -dc " + shell_quote(path) + " | head -c 500").out; };
    CHECK(metadata().find("end_date") == std::string::npos);

    CHECK(run({"log", "finalise", path}).status == 0);
    auto const completed = metadata();
    for (auto const* fact : {R"("end_date")", R"("duration")", R"("exit_status":3)"})
        CHECK(completed.find(fact) != std::string::npos);
    CHECK(run({"log", "finalise", path}).status == 0);
    CHECK(metadata() == completed);
    CHECK(run({"play", path}).out == "shown\r\n");

    auto const refused = run({"log", "finalise", "/nowhere/at/all", path});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("/nowhere/at/all: No such file or directory\n") != std::string::npos);
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

TEST_CASE("L07: a first look at a folder that is interrupted keeps what it has read")
{
    scratch_folder const folder;
    auto const [first, endless] = std::pair(folder / "a.cast", folder / "b.ttyrec");
    REQUIRE(tendril::base::replace_file(first, recorded).has_value());
    // Two frames, and then, as nothing is stored of the rest of the file, empty frames for hours.
    std::string frame(12, '\0');
    frame[8] = 7;
    frame += "third\r\n";
    REQUIRE(tendril::base::replace_file(endless, frame + frame).has_value());
    REQUIRE(shell("touch -d 2001-01-01 " + shell_quote(first) + "; truncate -s 100G " + shell_quote(endless))
                .status == 0);
    auto const interrupted = shell("ulimit -t 2; XDG_CACHE_HOME=" + shell_quote(folder / "cache") + " " +
                                   shell_quote(tendril_path()) + " log list " + shell_quote(folder.path));
    CHECK(interrupted.status != 0);
    CHECK(interrupted.out.empty());

    // What is in the file now is not what was read; its size and date say that it was read.
    CHECK(shell("sed -i s/second/zweite/ " + shell_quote(first) + "; touch -d 2001-01-01 " +
                shell_quote(first) + "; truncate -s 38 " + shell_quote(endless))
              .status == 0);
    auto const found = log(folder, "search 'second line' " + shell_quote(folder.path)).out;
    CHECK(found.find("a.cast:0:00:01.500: second line\n") != std::string::npos);
    CHECK(log(folder, "search third " + shell_quote(folder.path)).out ==
          "b.ttyrec:0:00:00.000: third\nb.ttyrec:0:00:00.000: third\n");
}

TEST_CASE("L07: several who look at a folder for the first time at once all see all of it")
{
    scratch_folder const folder;
    std::string text = recorded;
    for (int line = 0; line < 2'000; ++line)
        text += "[" + std::to_string(line + 2) + R"(, "o", "number )" + std::to_string(line) + "\\r\\n\"]\n";
    for (int number = 0; number < 50; ++number)
        REQUIRE(tendril::base::replace_file(folder / (std::to_string(number) + ".cast"), text).has_value());
    auto const look = "XDG_CACHE_HOME=" + shell_quote(folder / "cache") + " " + shell_quote(tendril_path()) +
                      " log search 'second line' " + shell_quote(folder.path) + " | wc -l";
    auto const done = shell(look + " & " + look + " & " + look + " & wait");
    CHECK(done.out == "50\n50\n50\n");
    CHECK(done.err == "");
}

}  // namespace
