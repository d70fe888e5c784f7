/// @file
/// Programs that write and exit at once, often enough to meet every race. Layer: tests.

#include <tendril/pty/transport.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "soak_fixture.hpp"

namespace {

using namespace tendril;
using namespace tendril::tests;
using process::testing::test_child;

enum class kind { pipes, terminal };

/// One program and what it has written so far.
struct member {
    member(asio::io_context& loop, kind on, std::string const& count, std::string_view expected)
        : record(expected)
    {
        auto const what = test_child({"write-bytes", count});
        auto started = on == kind::pipes ? process::spawn(loop.get_executor(), record, what)
                                         : pty::spawn(loop.get_executor(), record, what);
        REQUIRE_MESSAGE(started.has_value(), started.error().message());
        program = std::move(*started);
    }

    comparison record;
    std::unique_ptr<process::transport> program;
};

void megabyte_each_time(kind on, int rounds)
{
    auto const expected = written_bytes(1024 * 1024);
    asio::io_context loop;
    int complete = 0;
    for (int round = 0; round < rounds; ++round) {
        member one(loop, on, "1048576", expected);
        run_until(loop, [&] { return one.record.has_ended(); });
        complete += one.record.is_complete();
    }
    CHECK(complete == rounds);
    MESSAGE(complete, " of ", rounds, " complete");
}

TEST_CASE("C04: 10,000 programs that write 1 MiB into a pipe and exit at once lose nothing")
{
    megabyte_each_time(kind::pipes, 10'000);
}

TEST_CASE("C04: 10,000 programs that write 1 MiB to a terminal and exit at once lose nothing")
{
    megabyte_each_time(kind::terminal, 10'000);
}

TEST_CASE("C14: 100,000 programs that exit under load lose nothing, on pipes and on terminals")
{
    constexpr int wanted = 100'000;
    constexpr std::size_t at_once = 64;  // on any machine of today more than it has cores: that is the load
    std::array<std::size_t, 4> const sizes{1, 3 * 1024, 8 * 1024, 40 * 1024};
    std::array<std::string, 4> expected;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        expected[i] = written_bytes(sizes[i]);
    asio::io_context loop;
    std::vector<std::unique_ptr<member>> running;
    int started = 0;
    int complete = 0;
    while (started < wanted || !running.empty()) {
        while (started < wanted && running.size() < at_once) {
            auto const size = static_cast<std::size_t>(started) % sizes.size();
            auto const on = started / 4 % 2 == 0 ? kind::pipes : kind::terminal;
            running.push_back(
                std::make_unique<member>(loop, on, std::to_string(sizes[size]), expected[size]));
            ++started;
        }
        auto const ended = [](auto const& each) { return each->record.has_ended(); };
        run_until(loop, [&] { return std::ranges::any_of(running, ended); });
        std::erase_if(running, [&](auto const& each) {
            complete += each->record.is_complete();
            return ended(each);
        });
    }
    CHECK(complete == wanted);
    MESSAGE(complete, " of ", wanted, " complete");
}

}  // namespace
