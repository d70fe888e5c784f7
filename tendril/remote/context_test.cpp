// Contexts as a user's program has them: testing/context_program.cpp is that program.

#include <tendril/remote/testing/context_run.hpp>

#include <algorithm>
#include <csignal>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using remote::testing::all_end;
using remote::testing::context_run;
using remote::testing::is_running;
using remote::testing::processes_in;

TEST_CASE("K03: a program starts itself as a context, calls it, and all is gone when it returns")
{
    context_run program({"basics"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "worker is context 1\n");
    CHECK(program.errors().empty());
}

TEST_CASE("R01: what the program throws comes out of tendril::main after its contexts have ended")
{
    context_run program({"throw"});

    CHECK(program.status() == 4);
    CHECK(program.output() == "thrown: the program's own\n");
}

TEST_CASE("R18: what a context writes to its standard output and error comes to the master's log")
{
    context_run program({"output"}, {"TENDRIL_LOG_LEVEL=notice"});

    CHECK(program.status() == 0);
    CHECK(program.errors().contains("[context 1] notice output: hello\n"));
    CHECK(program.errors().contains("[context 1] notice output: and hello\n"));
}

TEST_CASE("R20: when the master is killed, a chain of contexts ends, however deep, whatever it does")
{
    context_run program({"chain", "6"});
    program.until([&] { return program.output().contains("ready"); });
    auto const processes = processes_in(program);
    REQUIRE(processes.size() == 6);

    REQUIRE(program.child().program().signal(SIGKILL));

    all_end(program, processes);
}

TEST_CASE("R20: when a context in the middle is killed, those below end, and who waits hears of it")
{
    context_run program({"chain", "4"});
    program.until([&] { return program.output().contains("ready"); });
    auto const processes = processes_in(program);
    REQUIRE(processes.size() == 4);

    SUBCASE("the first")
    {
        ::kill(processes[0], SIGKILL);
        CHECK(program.status() == 0);
        CHECK(program.lines().back().starts_with("the link to context 1 was lost: "));
        all_end(program, processes);
    }
    SUBCASE("the last")
    {
        ::kill(processes[3], SIGKILL);
        all_end(program, {processes[3]});
        CHECK(is_running(processes[2]));
        REQUIRE(program.child().program().signal(SIGKILL));
        all_end(program, processes);
    }
    SUBCASE("the second")
    {
        ::kill(processes[1], SIGKILL);
        all_end(program, {processes.begin() + 1, processes.end()});
        ::kill(processes[0], SIGKILL);
        CHECK(program.status() == 0);
    }
}

TEST_CASE("R07: a context whose function does not stop is killed when its time is over")
{
    context_run program({"stubborn"});

    CHECK(program.status() == 0);
    CHECK(program.output().contains("the link to context 1 was lost: it did not end when it was asked to"));
}

TEST_CASE("R20: a context that is frozen is lost after the silence that is allowed")
{
    context_run program({"frozen"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "the link to context 1 was lost: it has said nothing for 600 ms\n");
}

TEST_CASE("K02: contexts are forked with hooks, their own identity, and no descriptor but their own")
{
    context_run program({"fork"}, {"TENDRIL_LOG_LEVEL=notice"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "on_fork on_start\n");
    CHECK(program.errors().contains("notice output: forked\n"));
}

TEST_CASE("K16: fifty contexts are made, called and ended")
{
    context_run program({"many", "50"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "50 contexts\n");
}

#ifndef TENDRIL_SANITIZED  // a program with a sanitizer is not static, and cannot travel
TEST_CASE("R20: a context behind a shell ends without its master, although its function does not stop")
{
    for (std::string const threads : {"1", "2"}) {
        CAPTURE(threads);
        context_run program({"left", threads});
        program.until([&] { return program.output().contains("ready"); });
        auto const processes = processes_in(program);
        REQUIRE(processes.size() == 1);

        REQUIRE(program.child().program().signal(SIGKILL));

        all_end(program, processes);
    }
}

TEST_CASE("K01: a context behind a shell is sent the program and called")
{
    context_run program({"shell"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "42\n");
}
#endif

TEST_CASE("R01: a process that is started as a context by hand says that nobody speaks to it")
{
    context_run program({"tendril-context"});

    CHECK(program.status() == 1);
    CHECK(program.errors().starts_with(
        "tendril: this process cannot be a context: cannot read the first message: "));
}

}  // namespace
