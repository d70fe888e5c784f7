#include <tendril/process/output.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

process::captured trace(std::vector<std::string> words)
{
    asio::io_context loop;
    process::command what;
    what.program = TENDRIL_TRACE_EVENTS;
    what.arguments = std::move(words);
    what.environment = process::environment::inherit();
    auto seen = process::async_output_and_status(loop.get_executor(), what, {}, asio::use_future);
    loop.run();
    return seen.get().value();
}

TEST_CASE(
    "C16: every event of a program's life is shown through both faces, in an order that can be relied on")
{
    std::vector<std::string> const words{"/bin/sh", "-c", "echo hello; exit 3"};
    auto operations = words;
    operations.insert(operations.begin(), "--operations");
    for (auto const& each : {words, operations}) {
        auto const seen = trace(each);
        CAPTURE(seen.output);
        auto const at = [&](char const* text) { return seen.output.find(text); };
        CHECK(seen.output.starts_with("connected: process "));
        CHECK(at("closed: fd 0, ") != std::string::npos);  // by us, or by a program that was quicker
        CHECK(at("data: fd 1, 6 bytes: \"hello\\n\"") != std::string::npos);
        CHECK(at("data: fd 1") < at("closed: fd 1, End of file"));
        CHECK(at("exited: exited with code 3") != std::string::npos);
        CHECK(at("closed: fd 2") < at("ended: user "));
        CHECK(seen.ending.status == process::exit_status::exited(3));
    }
}

TEST_CASE("C16: a program that does not start is said to be missing")
{
    auto const seen = trace({"/nowhere/at/all"});

    CHECK(seen.errors ==
          "trace_events: cannot run /nowhere/at/all: find program: No such file or directory\n");
    CHECK(seen.ending.status == process::exit_status::exited(127));
}

}  // namespace
