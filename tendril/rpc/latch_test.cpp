#include <tendril/rpc/latch.hpp>

#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace std::chrono_literals;

TEST_CASE("R17: what is put into a latch comes out in the same order, whatever it is")
{
    latch<std::unique_ptr<int>> line;
    for (int n = 0; n < 3; ++n)
        REQUIRE(line.put(std::make_unique<int>(n)));

    for (int n = 0; n < 3; ++n)
        CHECK(**line.get() == n);
    CHECK(line.empty());
    CHECK(line.try_get().error().kind == channel_fault::would_block);
}

TEST_CASE("R17: a latch says when nothing came in time, and gives what comes later")
{
    latch<int> line;
    CHECK(line.get(0ms).error().kind == channel_fault::timed_out);
    CHECK(line.get(5ms).error() == channel_error{channel_fault::timed_out, "nothing came within 5 ms"});

    REQUIRE(line.put(1));
    CHECK(line.get(0ms) == 1);
}

TEST_CASE("R17: a full latch takes no more until something was taken")
{
    latch<int> line(2);
    REQUIRE(line.put(1));
    REQUIRE(line.put(2));
    CHECK(line.put(3).error() == channel_error{channel_fault::would_block, "the latch holds 2 already"});
    CHECK(line.get() == 1);
    CHECK(line.put(3).has_value());
}

TEST_CASE("R17: closing a latch wakes all who wait with the reason, and what is in it is still given")
{
    latch<int> line;
    latch<std::string> heard;
    std::vector<std::jthread> waiting;
    for (int n = 0; n < 4; ++n)
        waiting.emplace_back([&] { static_cast<void>(heard.put(line.get().error().reason)); });
    asio::io_context loop;
    std::optional<channel_error> told;
    line.async_get(loop.get_executor(), std::nullopt, [&](auto given) { told = given.error(); });
    loop.poll();

    line.close("enough");
    loop.run();

    for (int n = 0; n < 4; ++n)
        CHECK(heard.get(20s) == "enough");
    CHECK(told == channel_error{channel_fault::closed, "enough"});
    CHECK(line.put(1).error().kind == channel_fault::closed);

    latch<int> filled;
    REQUIRE(filled.put(7));
    filled.close();
    CHECK(filled.get() == 7);
    CHECK(filled.get().error().kind == channel_fault::closed);
}

TEST_CASE("R17: each item goes to one of many threads, and none is lost")
{
    constexpr int items = 20'000;
    latch<int> line(64);
    std::vector<std::vector<int>> taken(4);
    {
        std::vector<std::jthread> takers;
        for (auto& mine : taken)
            takers.emplace_back([&] {
                while (auto const next = line.get())
                    mine.push_back(*next);
            });
        std::vector<std::jthread> putters;
        for (int which = 0; which < 2; ++which)
            putters.emplace_back([&, which] {
                for (int n = which; n < items; n += 2)
                    while (!line.put(n))
                        std::this_thread::yield();
            });
        putters.clear();
        line.close();
    }
    std::vector<int> seen(items);
    for (auto const& mine : taken)
        for (auto const each : mine)
            ++seen[static_cast<std::size_t>(each)];
    CHECK(seen == std::vector<int>(items, 1));
}

TEST_CASE(
    "R17: operations that wait for a latch complete in their order, never at once, and may be cancelled")
{
    asio::io_context loop;
    auto const on = loop.get_executor();
    latch<int> line;
    std::vector<std::string> events;
    asio::cancellation_signal stop;
    line.async_get(on, std::nullopt, asio::bind_cancellation_slot(stop.slot(), [&](auto given) {
                       events.push_back("cancelled " + std::to_string(int(given.error().kind)));
                   }));
    line.async_get(on, std::nullopt,
                   [&](auto given) { events.push_back("first " + std::to_string(*given)); });
    line.async_get(on, std::nullopt,
                   [&](auto given) { events.push_back("second " + std::to_string(*given)); });
    line.async_get(on, 1ms, [&](auto given) { CHECK(given.error().kind == channel_fault::timed_out); });
    loop.poll();
    stop.emit(asio::cancellation_type::terminal);
    REQUIRE(line.put(1));
    REQUIRE(line.put(2));
    CHECK(events.empty());
    loop.run();

    CHECK(events == std::vector<std::string>{"cancelled " + std::to_string(int(channel_fault::cancelled)),
                                             "first 1", "second 2"});
}

TEST_CASE("R17: a loop may go while an operation of it still waits for a latch")
{
    latch<int> line;
    auto const gone = std::make_shared<int>();
    {
        asio::io_context loop;
        line.async_get(loop.get_executor(), std::nullopt,
                       [gone](auto const&) { FAIL("it was not asked for"); });
        loop.poll();
    }
    CHECK(gone.use_count() == 1);
    CHECK(line.put(1).has_value());
}

}  // namespace
