#include <tendril/io/task_group.hpp>

#include <chrono>
#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

asio::awaitable<void> wait_for_ever(bool* ended)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    struct note {
        bool* flag;
        ~note() { *flag = true; }
    } const at_end{ended};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> fail()
{
    throw std::runtime_error("broken");
    co_return;
}

asio::awaitable<void> cancel_and_join(bool* ended)
{
    io::task_group group(co_await asio::this_coro::executor);
    group.spawn(wait_for_ever(ended));
    group.spawn(wait_for_ever(ended));
    group.cancel();
    co_await group.join();
}

asio::awaitable<void> one_fails(bool* ended)
{
    io::task_group group(co_await asio::this_coro::executor);
    group.spawn(wait_for_ever(ended));
    group.spawn(fail());
    co_await group.join();
}

TEST_CASE("io: joining a cancelled group waits until every task has ended")
{
    asio::io_context loop;
    bool ended = false;
    auto done = asio::co_spawn(loop, cancel_and_join(&ended), asio::use_future);

    loop.run();

    done.get();
    CHECK(ended);
}

TEST_CASE("io: a task that fails ends its group, and the group's owner learns why")
{
    asio::io_context loop;
    bool ended = false;
    auto done = asio::co_spawn(loop, one_fails(&ended), asio::use_future);

    loop.run();

    CHECK_THROWS_WITH(done.get(), "broken");
    CHECK(ended);
}

}  // namespace
