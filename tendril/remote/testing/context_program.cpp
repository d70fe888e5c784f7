// A program that spreads itself: what the tests of contexts run.

#include <tendril/remote/main.hpp>
#include <tendril/remote/testing/chain_verbs.hpp>
#include <tendril/remote/testing/record_verbs.hpp>
#include <tendril/remote/testing/tree_functions.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include <unistd.h>

namespace {

using namespace tendril;

using remote::testing::add;
using remote::testing::freeze;
using remote::testing::grow;

std::int64_t process_id()
{
    return ::getpid();
}

std::string say(std::string const& text)
{
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
    std::fprintf(stderr, "and %s\n", text.c_str());
    return text;
}

std::atomic<bool> is_spinning = false;

/// Never comes back, and does not look whether it should.
void spin()
{
    is_spinning = true;
    for (;;)
        ::pause();
}

bool spins()
{
    return is_spinning;
}

}  // namespace

template <>
inline constexpr auto tendril::rpc::runs<spins> = tendril::rpc::execution::at_once;

namespace {

[[noreturn]] void fail(std::string const& why)
{
    std::printf("FAILED: %s\n", why.c_str());
    std::fflush(stdout);
    std::_Exit(3);
}

template <typename T, typename E>
T must(std::expected<T, E> got)
{
    if (!got)
        fail(got.error().message());
    return std::move(*got);
}

void must_be(bool is, char const* what)
{
    if (!is)
        fail(what);
}

int basics(remote::node& here)
{
    auto const worker = must(here.local({.name = "worker"}));
    must_be(must(worker.call<add>(2, 3)) == 5, "2 + 3");
    must_be(must(worker.call<process_id>()) == here.introduced(worker).process, "its process is another");
    must_be(here.self().is_master() && here.self().id == 0, "the master is 0");
    std::printf("worker is context %u\n", worker.id());
    return 0;
}

int output(remote::node& here)
{
    auto const worker = must(here.local());
    must(worker.call<say>("hello"));
    here.shutdown(worker);
    return 0;
}

/// Prints the processes of a chain and waits for its own end.
int chain(remote::node& here, int depth)
{
    auto const first = must(here.local());
    auto const members = must(first.call<grow>(depth - 1));
    for (auto const& each : members)
        std::printf("%ld\n", static_cast<long>(each.process));
    std::printf("ready\n");
    std::fflush(stdout);
    auto const lost = first.call<spin>();
    std::printf("%s\n", lost ? "it came back" : lost.error().message().c_str());
    return 0;
}

int stubborn(remote::node& here)
{
    auto const worker = must(here.local());
    auto pending = worker.call_async<spin>();
    while (!must(worker.call<spins>()))
        std::this_thread::yield();
    here.shutdown(worker, std::chrono::milliseconds(300));
    auto const lost = pending.get();
    must_be(!lost && lost.error().what == rpc::call_failure::lost, "the call is lost");
    std::printf("%s\n", lost.error().text.c_str());
    return 0;
}

/// A context that the kernel does not end with us, in a function that does not stop.
int left(remote::node& here, std::uint32_t call_threads)
{
    auto const worker = must(here.connect(
        remote::local({}), {.name = "left", .keep = remote::caching::off, .call_threads = call_threads}));
    auto const lost = worker.call_async<spin>();
    while (!must(worker.call<spins>()))
        std::this_thread::yield();
    std::printf("%ld\nready\n", static_cast<long>(here.introduced(worker).process));
    std::fflush(stdout);
    for (;;)
        ::pause();
}

int frozen(remote::node& here)
{
    auto const worker = must(here.local());
    auto const lost = worker.call<freeze>();
    must_be(!lost && lost.error().what == rpc::call_failure::lost, "the call is lost");
    std::printf("%s\n", lost.error().text.c_str());
    return 0;
}

int many(remote::node& here, int count)
{
    std::vector<rpc::context> all;
    std::vector<rpc::pending_call<int>> answers;
    for (int n = 0; n < count; ++n)
        all.push_back(must(here.local()));
    for (int n = 0; n < count; ++n)
        answers.push_back(all[static_cast<std::size_t>(n)].call_async<add>(n, 1));
    for (int n = 0; n < count; ++n)
        must_be(must(answers[static_cast<std::size_t>(n)].get()) == n + 1, "n + 1");
    std::printf("%d contexts\n", count);
    return 0;
}

bool did_fork = false;
bool did_start = false;

std::string hooks_seen()
{
    return std::string(did_fork ? "on_fork " : "") + (did_start ? "on_start" : "");
}

/// What is open here, but for the standard ones.
int open_descriptors()
{
    int count = 0;
    for (int each = 3; each < 1024; ++each)
        count += ::fcntl(each, F_GETFD) >= 0 ? 1 : 0;
    return count;
}

int forked(remote::node& here)
{
    auto const one = must(here.fork({.name = "one"}));
    auto const other = must(here.fork({.name = "other"}));
    must_be(must(one.call<add>(1, 1)) == 2, "1 + 1");
    must_be(must(one.call<process_id>()) != must(other.call<process_id>()), "two processes");
    must_be(must(other.call<process_id>()) == here.introduced(other).process, "they say who they are");
    std::printf("%s\n", must(one.call<hooks_seen>()).c_str());
    auto const started = must(here.local());
    must_be(must(other.call<open_descriptors>()) <= must(started.call<open_descriptors>()),
            "no descriptor is left over");
    must(one.call<say>("forked"));
    here.shutdown(one);
    return 0;
}

int shell(remote::node& here)
{
    auto const worker =
        must(here.connect(remote::local({}), {.name = "behind-a-shell", .keep = remote::caching::off}));
    std::printf("%d\n", must(worker.call<add>(20, 22)));
    return 0;
}

int run(remote::node& here, std::vector<std::string> const& words)
{
    auto const verb = words.empty() ? "" : words[0];
    auto const number = words.size() > 1 ? std::atoi(words[1].c_str()) : 0;
    if (verb == "basics")
        return basics(here);
    if (verb == "output")
        return output(here);
    if (verb == "chain")
        return chain(here, number);
    if (verb == "stubborn")
        return stubborn(here);
    if (verb == "left")
        return left(here, static_cast<std::uint32_t>(number));
    if (verb == "frozen")
        return frozen(here);
    if (verb == "many")
        return many(here, number);
    if (verb == "fork")
        return forked(here);
    if (verb == "shell")
        return shell(here);
    if (verb == "throw")
        throw std::runtime_error("the program's own");
    auto const status = remote::testing::record_verb(here, verb);
    return status != 2 ? status : remote::testing::chain_verb(here, words);
}

}  // namespace

namespace {

/// As a program that has more to do than to be a master.
int own_main(int argc, char** argv, std::vector<std::string> const& words)
{
    if (auto const served = tendril::serve_if_context(argc, argv))
        return *served;
    auto const status = tendril::with_node({}, [&](remote::node& here) { return run(here, words); });
    std::printf("and after it\n");
    return status.value_or(1);
}

}  // namespace

int main(int argc, char** argv)
{
    std::vector<std::string> const words(argv + 1, argv + argc);
    try {
        if (std::getenv("OWN_MAIN") != nullptr)
            return own_main(argc, argv, words);
        return tendril::main(
            argc, argv, [&](remote::node& here) { return run(here, words); },
            {.silence_limit =
                 std::chrono::milliseconds(words.size() > 0 && words[0] == "frozen" ? 600 : 30'000),
             .hooks = {.on_fork = [] { did_fork = true; }, .on_start = [] { did_start = true; }}});
    } catch (std::exception const& thrown) {
        std::printf("thrown: %s\n", thrown.what());
        return 4;
    }
}
