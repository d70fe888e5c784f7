/// @file
/// Trees of contexts that are killed at any place, often enough to meet every race. Layer: tests. Spec: row
/// R20.

#include <tendril/process/output.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// 10,000, or as many as TENDRIL_SOAK_ROUNDS says.
std::string rounds()
{
    auto const* const asked = std::getenv("TENDRIL_SOAK_ROUNDS");
    return asked == nullptr ? "10000" : asked;
}

TEST_CASE("R20: kill -9 at any place of 10,000 trees six deep: who waits hears of it, and nobody is left")
{
    asio::io_context loop;
    std::vector<std::string> const words{TENDRIL_TREE_PROGRAM, "killed", rounds()};
    auto seen = process::async_output_and_status(loop.get_executor(), process::command_of(words), {},
                                                 asio::use_future);
    loop.run();
    auto const said = seen.get().value();
    CHECK(said.ending.status.success());
    MESSAGE(said.output, said.errors);
}

}  // namespace
