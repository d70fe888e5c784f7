// What contexts log and measure: testing/record_verbs.cpp is the program.

#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/process/testing/scratch_accounts.hpp>
#include <tendril/remote/log_file.hpp>
#include <tendril/remote/testing/context_run.hpp>

#include <filesystem>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using remote::testing::context_run;
using lines = std::vector<std::string>;

TEST_CASE("R18: one switch turns on debug in all contexts below, also later ones, and off again")
{
    context_run program({"levels"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "3\n");
    CHECK_FALSE(program.errors().contains("program: one"));
    CHECK(program.errors().contains("debug program: two\n"));
    CHECK(program.errors().contains("debug program: three\n"));
    CHECK_FALSE(program.errors().contains("program: four"));
}

TEST_CASE("R05: a call to the one above is refused, and the log says so without being asked")
{
    context_run program({"overreach"});

    CHECK(program.status() == 0);
    CHECK(program.lines().at(0).contains("handle 6 does not take that from context 1 on the authority of 1"));
    CHECK(program.errors().contains("[context 0] warning router: refused from context 1 to 0, handle 6: "));
}

TEST_CASE("R06: a call to a sibling is refused, and the log says so without being asked")
{
    context_run program({"overreach"});

    CHECK(program.status() == 0);
    CHECK(program.lines().at(1) ==
          "context 1 may not speak with context 2, which is neither above nor below it");
    CHECK(program.errors().contains(
        "[context 0] warning router: refused from context 1 to 2, handle 6: context 1 may "
        "not speak with context 2"));
}

TEST_CASE("R18: records go to a file with their time, which others may not read")
{
    base::testing::scratch_folder const place;
    auto const path = place / "log";
    context_run program({"output"}, {"TENDRIL_LOG_LEVEL=notice", "TENDRIL_LOG=" + path});

    CHECK(program.status() == 0);
    CHECK(program.errors().empty());
    auto const text = base::read_file(path, 100'000);
    REQUIRE(text.has_value());
    CHECK(text->contains("Z [context 1] notice output: hello\n"));
    CHECK(text->find('T') == 10);
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    CHECK_FALSE(log_to_file(place / "no/such/folder").has_value());
}

TEST_CASE("R18: what a far end says cannot pose as another line of the log")
{
    base::testing::scratch_folder const place;
    auto const sink = log_to_file(place / "log");
    REQUIRE(sink.has_value());

    (*sink)({.context = 3, .source = "output", .text = "a\n[context 0] error: b\x1b[2J", .when = {}});

    CHECK(base::read_file(place / "log", 1000) ==
          "1970-01-01T00:00:00.000Z [context 3] notice output: a\\x0a[context 0] error: b\\x1b[2J\n");
}

TEST_CASE("R18: the environment shows each frame that the master reads and writes, without its data")
{
    context_run program({"basics"}, {"TENDRIL_LOG_IO=1"});

    CHECK(program.status() == 0);
    CHECK(
        program.errors().contains("[context 0] trace frames: to 1: data from 0 for 1, handle 9, answer at "));
    CHECK(program.errors().contains("[context 0] trace frames: from 1: data from 1 for 0, handle "));
    CHECK_FALSE(program.errors().contains("add"));
}

TEST_CASE("R21: one switch makes every context say at its end what it counted and measured")
{
    base::testing::scratch_folder const place;
    auto const folder = place / "new/profiles";
    context_run program({"open-each", "local:a/local:b", "local:a"}, {"TENDRIL_PROFILE=" + folder});

    CHECK(program.status() == 0);
    lines files;
    for (auto const& each : std::filesystem::directory_iterator(folder)) {
        files.push_back(each.path().filename());
        CHECK(process::testing::run({"python3", "-m", "json.tool", each.path()}).ending.status.success());
    }
    std::ranges::sort(files);
    CHECK(files == lines{"context-0.json", "context-1.json", "context-1001.json"});
    auto const of = [&](std::string const& name) {
        return base::read_file(folder + "/context-" + name + ".json", 100'000).value_or("");
    };
    CHECK(of("1001").contains("\"ancestors\": [1, 0], \"name\": \"local:a/local:b\""));
    CHECK(of("1001").contains("where\", \"calls\": 1, \"failed\": 0, \"wait_time_us\": "));
    CHECK(of("1").contains("make_below\", \"calls\": 1, "));
    CHECK(of("1").contains("{\"neighbour\": 1001, \"frames_in\": "));
    CHECK(of("0").contains("\"context\": 0, \"ancestors\": [], \"name\": \"master\""));
    CHECK(of("0").contains("\"longest_queue_time_us\": "));
}

TEST_CASE("R21: a folder for profiles that cannot be made ends the program before it begins")
{
    context_run program({"basics"}, {"TENDRIL_PROFILE=/proc/nowhere"});

    CHECK(program.status() == 1);
    CHECK(program.output().empty());
    CHECK(program.errors().starts_with("tendril: cannot make the folder for profiles, /proc/nowhere: "));
}

TEST_CASE("R22: a program with a main of its own runs a node, and all has ended after it")
{
    context_run program({"basics"}, {"OWN_MAIN=1"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "worker is context 1\nand after it\n");

    context_run thrower({"throw"}, {"OWN_MAIN=1"});
    CHECK(thrower.status() == 4);
    CHECK(thrower.output() == "thrown: the program's own\n");
}

TEST_CASE("R16: a context with three threads runs three functions at the same time")
{
    context_run program({"pool"});

    CHECK(program.status() == 0);
    CHECK(program.lines() == lines{"met", "met", "met"});
}

TEST_CASE("R14: a blob lies in the message that brought it, there and back")
{
    context_run program({"blobs"});

    CHECK(program.status() == 0);
    CHECK(program.lines() == lines{"shared", "200000"});
}

TEST_CASE("R01: a context knows the version, and who is above it")
{
    context_run program({"place"});

    CHECK(program.status() == 0);
    CHECK(program.lines().at(0).ends_with(" is the master"));
    CHECK(program.lines().at(0).find('.') < 5);
    CHECK(program.lines().at(1) == "1");
}

}  // namespace
