#include <tendril/rpc/broker.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;

TEST_CASE("R02: what is deferred runs in one thread, in order, and its exceptions come back")
{
    rpc::broker loop;
    std::thread::id first;
    std::thread::id second;
    std::vector<int> order;
    loop.defer([&] {
        first = std::this_thread::get_id();
        order.push_back(1);
    });
    loop.defer_sync([&] {
        second = std::this_thread::get_id();
        order.push_back(2);
    });

    CHECK(first == second);
    CHECK(first != std::this_thread::get_id());
    CHECK(order == std::vector{1, 2});
    CHECK_THROWS_AS(loop.defer_sync([] { throw std::logic_error("mine"); }), std::logic_error);
}

TEST_CASE("R02: a shutdown waits for what holds the loop, and for nothing else")
{
    rpc::broker loop;
    auto held = loop.hold();
    std::atomic<bool> ran = false;
    loop.shutdown(1h);
    loop.defer_sync([&] { ran = true; });
    CHECK(ran);

    held.reset();
    loop.join();
    bool ran_after = false;
    loop.defer_sync([&] { ran_after = true; });  // nobody waits for a loop that has ended
    CHECK(ran_after);
}

TEST_CASE("R02: after its deadline a shutdown waits no longer")
{
    rpc::broker loop;
    auto const held = loop.hold();
    loop.shutdown(10ms);

    loop.join();
}

TEST_CASE("R02: a program that says nothing is shut down by the end of the object")
{
    std::thread::id inside;
    {
        rpc::broker loop;
        loop.defer_sync([&] { inside = std::this_thread::get_id(); });
    }
    CHECK(inside != std::this_thread::get_id());
}

}  // namespace
