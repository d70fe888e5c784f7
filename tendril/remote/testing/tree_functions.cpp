#include <tendril/remote/testing/tree_functions.hpp>

#include <chrono>
#include <csignal>
#include <stdexcept>

#include <sys/utsname.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote::testing {

namespace {

// For a program that calls none of them itself.
[[maybe_unused]] bool const are_listed = rpc::export_function<add>() && rpc::export_function<grow>() &&
                                         rpc::export_function<wait_for_ever>() &&
                                         rpc::export_function<freeze>() && rpc::export_function<machine>();

}  // namespace

int add(int left, int right)
{
    return left + right;
}

asio::awaitable<std::vector<member>> grow(rpc::call_context& here, int depth)
{
    std::vector<member> all;
    all.push_back({.id = here.via.self().id, .process = ::getpid()});
    if (depth == 0)
        co_return all;
    auto& self = node::of(here);
    auto made = co_await self.async_local();
    if (!made)
        throw std::runtime_error(made.error().message());
    auto pending = made->call_async<grow>(depth - 1);
    auto below = co_await pending.async_get();
    if (!below)
        throw rpc::call_failed(below.error());
    all.insert(all.end(), below->begin(), below->end());
    co_return all;
}

asio::awaitable<void> wait_for_ever()
{
    auto const here = co_await asio::this_coro::executor;
    asio::steady_timer never(here, std::chrono::steady_clock::time_point::max());
    co_await never.async_wait(asio::use_awaitable);
}

void freeze()
{
    ::raise(SIGSTOP);
}

std::string machine()
{
    ::utsname system{};
    return ::uname(&system) == 0 ? static_cast<char const*>(system.machine) : "";
}

}  // namespace tendril::remote::testing
