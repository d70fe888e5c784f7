#include <tendril/process/output.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

TEST_CASE("C16: both faces have wc count the same words")
{
    asio::io_context loop;
    process::command what;
    what.program = TENDRIL_WORD_COUNT;
    what.arguments = {"one two", "three"};
    what.environment = process::environment::inherit();
    auto output = process::async_output(loop.get_executor(), what, {}, asio::use_future);
    loop.run();

    auto const text = output.get().value();
    auto const answer = std::string("      2       3      14\nexited with code 0\n");
    CHECK(text == "events:     " + answer + "operations: " + answer);
}

}  // namespace
