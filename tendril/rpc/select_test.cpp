#include <tendril/rpc/latch.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/select.hpp>
#include <tendril/rpc/testing/stream_tree.hpp>

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace tendril::rpc::testing;
using namespace std::chrono_literals;

/// The numbers that @p from gives until nothing is left, in their order.
std::vector<int> numbers_of(rpc::select& from)
{
    std::vector<int> given;
    for (auto& each : from)
        given.push_back(each.end() ? -1 : each.value<int>());
    return given;
}

TEST_CASE("R12: a select gives what came first, whoever it came from, and says from whom")
{
    latch<int> one;
    latch<std::string> two;
    REQUIRE(two.put("already there"));
    rpc::select any(leaving::at_its_end, one, two);
    REQUIRE(one.put(1));
    REQUIRE(two.put("b"));
    REQUIRE(one.put(2));

    auto const first = any.get();
    REQUIRE(first);
    CHECK(first->is_from(two));
    CHECK_FALSE(first->is_from(one));
    CHECK(first->value<std::string>() == "already there");
    CHECK_THROWS_AS(static_cast<void>(first->value<int>()), std::bad_cast);
    CHECK(any.get()->value<int>() == 1);
    CHECK(any.get()->value<std::string>() == "b");
    CHECK(any.get()->value<int>() == 2);
    CHECK(any.empty());
    CHECK(any.try_get().error().kind == channel_fault::would_block);
    CHECK(any.get(1ms).error().kind == channel_fault::timed_out);
    CHECK(any);
}

TEST_CASE("R12: a source leaves a select after it gave once, or stays until it ends, as one likes")
{
    latch<int> one;
    latch<int> two;
    for (int n = 0; n < 3; ++n) {
        REQUIRE(one.put(n));
        REQUIRE(two.put(10 + n));
    }
    one.close();
    two.close("enough");

    SUBCASE("once")
    {
        rpc::select any(leaving::after_one, one, two);
        CHECK(numbers_of(any) == std::vector{0, 10});
        CHECK_FALSE(any);
        CHECK(one.get() == 1);
    }
    SUBCASE("until it ends")
    {
        rpc::select any(leaving::at_its_end);
        REQUIRE(any.add(two));
        REQUIRE(any.add(one));
        CHECK(numbers_of(any) == std::vector{10, 11, 12, -1, 0, 1, 2, -1});
        CHECK_FALSE(any);
    }
}

TEST_CASE("R12: a busy source does not keep another from being heard")
{
    latch<int> busy;
    latch<int> quiet;
    rpc::select any(leaving::at_its_end, busy, quiet);
    for (int n = 0; n < 100; ++n)
        REQUIRE(busy.put(n));
    REQUIRE(quiet.put(-7));
    for (int n = 0; n < 100; ++n) {
        CHECK(any.get()->is_from(busy));
        REQUIRE(busy.put(n));
    }
    CHECK(any.get()->is_from(quiet));
}

TEST_CASE("R12: an empty select, and one whose last source left, has nothing to wait for")
{
    rpc::select any;
    CHECK_FALSE(any);
    CHECK(any.get().error() == channel_error{channel_fault::closed, "there is nothing left to wait for"});
    latch<int> one;
    REQUIRE(any.add(one));
    CHECK(any);
    std::optional<latch<int>> passing(std::in_place);
    REQUIRE(any.add(*passing));
    REQUIRE(passing->put(1));
    passing.reset();
    CHECK(any.empty());

    latch<channel_fault> heard;
    std::jthread const waiting([&] { static_cast<void>(heard.put(any.get().error().kind)); });
    any.remove(one);
    CHECK(heard.get(20s) == channel_fault::closed);
    REQUIRE(one.put(5));
    CHECK(any.empty());
}

TEST_CASE("R12: selects may lie within selects, but not in themselves, and a source in one only")
{
    latch<int> one;
    latch<int> two;
    rpc::select inner(leaving::after_one, one);
    rpc::select outer(leaving::at_its_end, inner, two);
    CHECK(outer);
    CHECK(outer.add(one).error() == channel_error{channel_fault::refused, "it is in a select already"});
    CHECK(inner.add(outer).error().kind == channel_fault::refused);
    CHECK(inner.add(inner).error().kind == channel_fault::refused);
    CHECK_THROWS_AS(rpc::select(leaving::after_one, one), std::invalid_argument);

    REQUIRE(two.put(2));
    REQUIRE(one.put(1));
    CHECK(outer.get()->is_from(two));
    auto const second = outer.get();
    REQUIRE(second);
    CHECK(second->is_from(one));
    CHECK(second->value<int>() == 1);
    CHECK_FALSE(inner);
    CHECK(outer);
    outer.remove(two);
    CHECK_FALSE(outer);  // a select with nothing in it is nothing to wait for
    latch<int> three;
    REQUIRE(inner.add(three));
    CHECK(outer);
    REQUIRE(three.put(3));
    CHECK(outer.get()->value<int>() == 3);

    inner.close("no more");
    auto const last = outer.get();
    REQUIRE(last);
    CHECK(last->is_from(inner));
    CHECK(last->end() == channel_error{channel_fault::closed, "no more"});
}

TEST_CASE("R12: what is taken from a source itself is not given by the select, and the rest still is")
{
    latch<int> one;
    rpc::select any(leaving::at_its_end, one);
    for (int n = 0; n < 4; ++n)
        REQUIRE(one.put(n));
    CHECK(one.get() == 0);
    CHECK(one.get() == 1);
    CHECK(any.get()->value<int>() == 2);
    REQUIRE(one.put(4));
    CHECK(any.get()->value<int>() == 3);
    CHECK(any.get()->value<int>() == 4);
    CHECK(any.try_get().error().kind == channel_fault::would_block);
}

TEST_CASE("R12: closing a select wakes who waits, and leaves its sources as they are")
{
    latch<int> one;
    rpc::select any(leaving::at_its_end, one);
    latch<channel_error> heard;
    std::jthread const waiting([&] { static_cast<void>(heard.put(any.get().error())); });

    any.close("over");

    CHECK(heard.get(20s) == channel_error{channel_fault::closed, "over"});
    CHECK(one.put(1).has_value());
    CHECK(rpc::select(leaving::after_one, one).get()->value<int>() == 1);
}

TEST_CASE("R12: many threads that put, and many that take through a nested select, lose nothing")
{
    constexpr int each = 2'000;
    std::deque<latch<int>> sources(4);
    rpc::select left(leaving::at_its_end, sources[0], sources[1]);
    rpc::select right(leaving::at_its_end, sources[2], sources[3]);
    rpc::select any(leaving::at_its_end, left, right);
    std::vector<std::vector<int>> taken(3);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : taken)
            threads.emplace_back([&] { mine = numbers_of(any); });
        for (auto& source : sources)
            threads.emplace_back([&] {
                for (int n = 0; n < each; ++n)
                    static_cast<void>(source.put(n));
                source.close();
            });
    }
    std::vector<int> seen(each);
    int ends = 0;
    for (auto const& mine : taken)
        for (auto const n : mine)
            n < 0 ? ++ends : ++seen[static_cast<std::size_t>(n)];
    CHECK(seen == std::vector<int>(each, 4));
    CHECK(ends == 4);
}

TEST_CASE("R12: one answer of each of many contexts comes in the order of arrival")
{
    threaded_line all;
    std::vector<receiver> in;
    for (int n = 0; n < 3; ++n)
        in.emplace_back(*all.top);
    CHECK(rpc::all(in, 1ms).error().kind == channel_fault::timed_out);
    // All are in it before anything comes: what a source has already counts as having come when it is added.
    rpc::select each_once(rpc::leaving::after_one, in[0], in[1], in[2]);
    for (auto const which : {2U, 0U, 1U})
        all.bottom->send({.dst = 0, .handle = in[which].handle(), .data = wire::pack(which)});

    for (auto const which : {2U, 0U, 1U}) {
        auto const given = each_once.get(20s);
        REQUIRE(given);
        CHECK(given->is_from(in[which]));
    }
    CHECK_FALSE(each_once);
}

TEST_CASE("R12: all that many contexts answer is there, one of each")
{
    threaded_line all;
    std::vector<receiver> in;
    for (int n = 0; n < 3; ++n)
        in.emplace_back(*all.top);
    for (auto const which : {2U, 0U, 1U})
        all.bottom->send({.dst = 0, .handle = in[which].handle(), .data = wire::pack(which)});

    auto const given = rpc::all(in, 20s);

    REQUIRE(given);
    REQUIRE(given->size() == 3);
    for (auto const& each : in)
        CHECK(std::ranges::count_if(*given, [&](auto const& one) { return one.is_from(each); }) == 1);
}

TEST_CASE("R12: a select over receivers says which of them ended, and goes on with the others")
{
    stream_tree all;
    receiver of_2(all.at(0), {.respondent = 2});
    receiver of_3(all.at(0), {.respondent = 3});
    latch<int> own;
    rpc::select any(leaving::at_its_end, of_2, of_3, own);
    CHECK(any.get().error().kind == channel_fault::wrong_thread);

    all.contexts.erase(2);
    all.run_until([&] { return !any.empty(); });
    auto const first = any.try_get();
    REQUIRE(first);
    CHECK(first->is_from(of_2));
    CHECK(first->end()->kind == channel_fault::ended);
    CHECK(any);

    all.at(3).send({.dst = 0, .handle = of_3.handle(), .data = wire::pack(3)});
    all.run_until([&] { return !any.empty(); });
    auto const second = any.try_get();
    REQUIRE(second);
    CHECK(of_3.data_of<int>(second->value<wire::message>()) == 3);
}

asio::awaitable<void> add_up(rpc::select* from, asio::io_context* loop, int* sum)
{
    while (*from) {
        auto const on = loop->get_executor();
        auto const next = co_await from->async_get(on, std::nullopt, asio::use_awaitable);
        if (next && !next->end())
            *sum += next->value<int>();
    }
}

TEST_CASE("R12: a coroutine waits for a select that other threads feed")
{
    asio::io_context loop;
    latch<int> one;
    latch<int> two;
    rpc::select any(leaving::at_its_end, one, two);
    int sum = 0;
    asio::co_spawn(loop, add_up(&any, &loop, &sum), [](std::exception_ptr why) { CHECK_FALSE(why); });
    std::vector<std::jthread> feeding;
    for (auto* each : {&one, &two})
        feeding.emplace_back([each] {
            for (int n = 1; n <= 100; ++n)
                static_cast<void>(each->put(n));
            each->close();
        });
    loop.run();
    CHECK(sum == 2 * 5050);
}

}  // namespace
