// spread [-F SSH-CONFIG] [HOST...]: one program in many processes, here and on other hosts: calls, errors,
// streams, chains.
#include <tendril/remote/main.hpp>
#include <tendril/remote/ssh.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/select.hpp>
#include <tendril/rpc/sender.hpp>

#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

using namespace tendril;

/// What travels: any struct that says which members do.
struct place {
    std::string host;
    std::int64_t process = 0;
    static constexpr auto wire_fields = std::tuple(&place::host, &place::process);
};

place where_am_i(rpc::call_context& here)
{
    auto const me = remote::node::of(here).self();
    std::string name(64, '\0');
    ::gethostname(name.data(), name.size() - 1);
    return {.host = name.c_str() + (" as context " + std::to_string(me.id)), .process = ::getpid()};
}

double root_of(double number)
{
    if (number < 0)
        throw std::domain_error("there is no real root of " + std::to_string(number));
    return std::sqrt(number);
}

/// Streams what it finds to whoever made @p found; it waits when that one is slow.
int find_primes(rpc::sender found, int below)
{
    int count = 0;
    for (int candidate = 2; candidate < below; ++candidate) {
        bool is_prime = true;
        for (int divisor = 2; is_prime && divisor * divisor <= candidate; ++divisor)
            is_prime = candidate % divisor != 0;
        if (is_prime && ++count > 0 && !found.send(candidate))
            break;  // nobody listens any more
    }
    found.close();
    return count;
}

asio::awaitable<void> wait_for_an_hour()
{
    asio::steady_timer hour(co_await asio::this_coro::executor, std::chrono::hours(1));
    co_await hour.async_wait(asio::use_awaitable);
}

/// As many contexts as there are ways to make one.
std::vector<rpc::context> spread(remote::node& here, std::vector<std::string> hosts)
{
    std::optional<std::string> config;
    if (hosts.size() > 1 && hosts[0] == "-F") {
        config = hosts[1];
        hosts.erase(hosts.begin(), hosts.begin() + 2);
    }
    std::vector<remote::new_context> made;
    made.push_back(here.local({.name = "local"}));
    made.push_back(here.fork({.name = "forked"}));
    for (auto const& host : hosts)
        made.push_back(here.connect(remote::ssh({.hostname = host, .config_file = config})));
    std::vector<rpc::context> all;
    for (auto const& each : made)
        if (each)
            all.push_back(*each);
        else
            std::fprintf(stderr, "spread: %s\n", each.error().message().c_str());
    return all;
}

int run(remote::node& here, std::vector<std::string> const& hosts)
{
    auto const contexts = spread(here, hosts);

    // One call to each; the answers come in the order in which they are ready.
    std::vector<rpc::pending_call<place>> places;
    rpc::select first;
    for (auto const& each : contexts)
        places.push_back(each.call_async<where_am_i>());
    for (auto const& each : places)
        if (auto const added = first.add(each); !added)
            return 1;
    for (auto const& answered : first)
        for (auto& each : places)
            if (auto const is = answered.is_from(each) ? each.get() : std::unexpected(rpc::call_error{}); is)
                std::printf("%s\n", is->host.c_str());

    // An exception crosses, with where it passed.
    auto const& there = contexts.front();
    std::printf("the root of 2 is %.3f\n", there.call<root_of>(2).value_or(0));
    if (auto const root = there.call<root_of>(-2); !root)
        std::printf("%s\n", root.error().message().c_str());

    // A stream, no faster than it is read.
    rpc::receiver primes(here.router());
    auto count = there.call_async<find_primes>(primes.to_sender(), 100);
    int sum = 0;
    while (auto const prime = primes.get_data<int>())
        sum += *prime;
    std::printf("%d primes below 100, %d in all\n", count.get().value_or(0), sum);

    // Calls in order, in one trip; after the first that fails none runs.
    rpc::call_chain in_order(contexts.back());
    in_order.call_no_reply<root_of>(-1);
    std::printf("after a failure: %s\n", in_order.call<root_of>(4) ? "it ran" : "it did not run");

    // What is not wanted any more is stopped.
    auto hour = there.call_async<wait_for_an_hour>();
    hour.cancel();
    auto const stopped = hour.get();
    std::printf("%s\n", stopped ? "an hour passed" : "cancelled");
    return 0;
}

int main(int argc, char** argv)
{
    return tendril::main(argc, argv, [&](remote::node& here) { return run(here, {argv + 1, argv + argc}); });
}
