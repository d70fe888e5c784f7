// What contexts cost. Prints one number. All of it in coroutines on the loop, as a program that is in a hurry
// does. Usage: rpc_calls start|fork|call|call_p99|hop|pipelined|echo|beside|cancel|contexts|forks|memory
// ROUNDS
#include <tendril/remote/main.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

namespace bench {

using namespace tendril;

int add(int left, int right)
{
    return left + right;
}

wire::byte_buffer echo(wire::byte_buffer bytes)
{
    return bytes;
}

/// Until it is asked to stop.
asio::awaitable<void> wait_for_ever()
{
    auto const on = co_await asio::this_coro::executor;
    asio::steady_timer never(on, std::chrono::hours(1));
    co_await never.async_wait(asio::use_awaitable);
}

asio::awaitable<rpc::context_id> grow(rpc::call_context& here)
{
    auto made = co_await remote::node::of(here).async_local();
    if (!made)
        throw std::runtime_error(made.error().message());
    co_return made->id();
}

}  // namespace bench

template <>
inline constexpr auto tendril::rpc::runs<bench::add> = tendril::rpc::execution::at_once;
template <>
inline constexpr auto tendril::rpc::runs<bench::echo> = tendril::rpc::execution::at_once;

namespace {

using namespace tendril;
using clock_type = std::chrono::steady_clock;

double microseconds_since(clock_type::time_point begin)
{
    return std::chrono::duration<double, std::micro>(clock_type::now() - begin).count();
}

double quantile(std::vector<double> values, double part)
{
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * part)];
}

template <typename T, typename E>
T must(std::expected<T, E> got)
{
    if (!got) {
        std::fprintf(stderr, "%s\n", got.error().message().c_str());
        std::_Exit(1);
    }
    return std::move(*got);
}

/// How a context is made.
enum class origin : std::uint8_t { started, forked };

asio::awaitable<rpc::context> made(remote::node& here, origin from = origin::started)
{
    if (from == origin::forked) {
        auto got = co_await here.async_fork();
        co_return must(std::move(got));
    }
    auto got = co_await here.async_local();
    co_return must(std::move(got));
}

asio::awaitable<void> one_call(rpc::context to)
{
    auto pending = to.call_async<bench::add>(1, 2);
    auto got = co_await pending.async_get();
    must(std::move(got));
}

asio::awaitable<std::vector<double>> calls(rpc::context to, int rounds)
{
    std::vector<double> each;
    for (int n = 0; n < rounds; ++n) {
        auto const begin = clock_type::now();
        co_await one_call(to);
        each.push_back(microseconds_since(begin));
    }
    co_return each;
}

asio::awaitable<double> start(remote::node& here, int rounds, origin from)
{
    std::vector<double> each;
    for (int n = 0; n < rounds; ++n) {
        auto const begin = clock_type::now();
        auto const child = co_await made(here, from);
        co_await one_call(child);
        each.push_back(microseconds_since(begin));
        co_await here.async_shutdown(child);
    }
    co_return quantile(std::move(each), 0.5);
}

asio::awaitable<double> call(remote::node& here, int rounds, double part)
{
    auto const child = co_await made(here);
    co_await calls(child, 1000);
    co_return quantile(co_await calls(child, rounds), part);
}

asio::awaitable<double> hop(remote::node& here, int rounds)
{
    auto const child = co_await made(here);
    auto pending = child.call_async<bench::grow>();
    auto below = co_await pending.async_get();
    rpc::context const grandchild(here.router(), must(std::move(below)));
    co_await calls(grandchild, 1000);
    co_return quantile(co_await calls(grandchild, rounds), 0.5);
}

asio::awaitable<double> pipelined(remote::node& here, int rounds)
{
    constexpr int in_flight = 1000;
    auto const child = co_await made(here);
    auto const begin = clock_type::now();
    for (int n = 0; n < rounds; n += in_flight) {
        std::vector<rpc::pending_call<int>> batch;
        for (int each = 0; each < in_flight; ++each)
            batch.push_back(child.call_async<bench::add>(n, each));
        for (auto& each : batch) {
            auto got = co_await each.async_get();
            must(std::move(got));
        }
    }
    co_return rounds / microseconds_since(begin) * 1e6;
}

asio::awaitable<double> echo(remote::node& here, int rounds)
{
    auto const child = co_await made(here);
    wire::byte_buffer const payload(1U << 20U, std::byte{7});
    std::vector<double> each;
    for (int n = 0; n < rounds; ++n) {
        auto const begin = clock_type::now();
        auto pending = child.call_async<bench::echo>(payload);
        auto got = co_await pending.async_get();
        must(std::move(got));
        each.push_back(microseconds_since(begin));
    }
    co_return quantile(std::move(each), 0.5);
}

/// The slowest of a hundred calls while megabytes go the same way and come back.
asio::awaitable<double> beside(remote::node& here, int rounds)
{
    auto const child = co_await made(here);
    auto const is_over = std::make_shared<bool>(false);
    auto transfer = [](rpc::context to, std::shared_ptr<bool> over) -> asio::awaitable<void> {
        wire::byte_buffer const payload(1U << 20U, std::byte{7});
        while (!*over) {
            auto pending = to.call_async<bench::echo>(payload);
            auto got = co_await pending.async_get();
            if (!*over)
                must(std::move(got));
        }
    };
    auto running = transfer(child, is_over);
    asio::co_spawn(here.router().get_executor(), std::move(running), asio::detached);
    auto const slowest = quantile(co_await calls(child, rounds), 0.99);
    *is_over = true;
    co_return slowest;
}

/// From the wish that a call ends to its answer, that it did.
asio::awaitable<double> cancel(remote::node& here, int rounds)
{
    auto const child = co_await made(here);
    std::vector<double> each;
    for (int n = 0; n < rounds; ++n) {
        auto pending = child.call_async<bench::wait_for_ever>();
        co_await one_call(child);  // it runs by now
        auto const begin = clock_type::now();
        pending.cancel();
        auto const got = co_await pending.async_get();
        each.push_back(microseconds_since(begin));
        if (got || got.error().what != rpc::call_failure::cancelled)
            std::_Exit(1);
    }
    co_return quantile(std::move(each), 0.5);
}

asio::awaitable<double> contexts(remote::node& here, int count, origin from)
{
    auto const begin = clock_type::now();
    auto task = [](remote::node* at, origin how) -> asio::awaitable<void> {
        auto const child = co_await made(*at, how);
        co_await one_call(child);
    };
    int running = 0;
    asio::steady_timer room(here.router().get_executor());
    for (int n = 0; n < count; ++n) {
        ++running;
        asio::co_spawn(here.router().get_executor(), task(&here, from), [&](std::exception_ptr const&) {
            --running;
            room.cancel();
        });
        while (running >= (n + 1 == count ? 1 : 16)) {
            room.expires_after(std::chrono::hours(1));
            error_code why;
            co_await room.async_wait(asio::redirect_error(asio::use_awaitable, why));
        }
    }
    auto const taken = microseconds_since(begin) / 1000;
    co_return taken;
}

/// Kilobytes that a context has for itself after a call.
asio::awaitable<double> memory(remote::node& here)
{
    auto const child = co_await made(here);
    co_await one_call(child);
    std::ifstream rollup("/proc/" + std::to_string(here.introduced(child).process) + "/smaps_rollup");
    double kilobytes = 0;
    for (std::string line; std::getline(rollup, line);)
        if (line.starts_with("Private_"))
            kilobytes += std::strtod(line.c_str() + line.find(':') + 1, nullptr);
    co_return kilobytes;
}

asio::awaitable<double> measure(remote::node& here, std::string_view what, int rounds)
{
    if (what == "start")
        return start(here, rounds, origin::started);
    if (what == "fork")
        return start(here, rounds, origin::forked);
    if (what == "call")
        return call(here, rounds, 0.5);
    if (what == "call_p99")
        return call(here, rounds, 0.99);
    if (what == "hop")
        return hop(here, rounds);
    if (what == "pipelined")
        return pipelined(here, rounds);
    if (what == "echo")
        return echo(here, rounds);
    if (what == "beside")
        return beside(here, rounds);
    if (what == "contexts")
        return contexts(here, rounds, origin::started);
    if (what == "forks")
        return contexts(here, rounds, origin::forked);
    if (what == "cancel")
        return cancel(here, rounds);
    if (what == "memory")
        return memory(here);
    std::fprintf(stderr, "rpc_calls: what is %s?\n", std::string(what).c_str());
    std::_Exit(2);
}

}  // namespace

int main(int argc, char** argv)
{
    return tendril::main(argc, argv, [&](remote::node& here) {
        if (argc != 3)
            return 2;
        auto number = asio::co_spawn(here.router().get_executor(), measure(here, argv[1], std::atoi(argv[2])),
                                     asio::use_future);
        std::printf("%.2f\n", number.get());
        return 0;
    });
}
