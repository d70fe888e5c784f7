#include <tendril/remote/testing/record_verbs.hpp>
#include <tendril/wire/blob.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace tendril::remote::testing {

namespace {

void mutter(rpc::call_context& here, std::string const& what)
{
    node::of(here).log(rpc::log_level::debug, "program", what);
}

/// Debug is switched on below, off again, and on for what is made in between.
int levels(node& here)
{
    auto const old = here.open("local:a/local:b");
    static_cast<void>(old->call<mutter>("one"));
    here.set_log_level(rpc::log_level::debug);
    static_cast<void>(old->call<mutter>("two"));
    static_cast<void>(here.open("local:a/local:c")->call<mutter>("three"));
    here.set_log_level(rpc::log_level::warning);
    static_cast<void>(old->call<mutter>("four"));
    std::printf("%d\n", static_cast<int>(here.log_level()));
    return 0;
}

int one()
{
    return 1;
}

/// What becomes of a call to a context that this one has no business with.
std::string ask(rpc::call_context& here, rpc::context_id whom)
{
    auto const answer = rpc::context(here.via, whom).call<one>();
    return answer ? "answered" : answer.error().text;
}

/// A child asks its parent, and its sibling.
int overreach(node& here)
{
    auto const child = here.local();
    auto const sibling = here.local();
    std::printf("%s\n", child->call<ask>(0).value_or("lost").c_str());
    std::printf("%s\n", child->call<ask>(sibling->id()).value_or("lost").c_str());
    return 0;
}

std::atomic<int> waiting = 0;

/// True when three are here at the same time.
bool meet()
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    ++waiting;
    while (waiting < 3 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    return waiting >= 3;
}

int pool(node& here)
{
    auto const worker = here.local({.call_threads = 3});
    std::vector<rpc::pending_call<bool>> all;
    for (int each = 0; each < 3; ++each)
        all.push_back(worker->call_async<meet>());
    for (auto& each : all)
        std::printf("%s\n", each.get().value_or(false) ? "met" : "alone");
    return 0;
}

/// Whether the bytes lie in the message that brought them.
bool is_shared(rpc::call_context& here, wire::blob const& bytes)
{
    return here.arguments_keeper.use_count() > 1 && bytes.bytes().size() == 100'000;
}

wire::blob doubled(wire::blob const& bytes)
{
    wire::byte_buffer twice(bytes.bytes().begin(), bytes.bytes().end());
    twice.insert(twice.end(), bytes.bytes().begin(), bytes.bytes().end());
    return wire::blob(std::move(twice));
}

int blobs(node& here)
{
    wire::blob const bytes(wire::byte_buffer(100'000, std::byte{7}));
    auto const worker = here.local();
    std::printf("%s\n", worker->call<is_shared>(bytes).value_or(false) ? "shared" : "copied");
    std::printf("%zu\n", worker->call<doubled>(bytes).value_or(wire::blob()).bytes().size());
    return 0;
}

rpc::context_id above(rpc::call_context& here)
{
    return node::of(here).parent().value().id();
}

int place(node& here)
{
    auto const below = here.open("local:a/local:b");
    std::printf("%s %s\n", std::string(node::version()).c_str(),
                here.parent() ? "has a parent" : "is the master");
    std::printf("%u\n", below->call<above>().value_or(99));
    return 0;
}

}  // namespace

int record_verb(node& here, std::string const& verb)
{
    if (verb == "levels")
        return levels(here);
    if (verb == "overreach")
        return overreach(here);
    if (verb == "pool")
        return pool(here);
    if (verb == "blobs")
        return blobs(here);
    if (verb == "place")
        return place(here);
    return 2;
}

}  // namespace tendril::remote::testing
