#include <tendril/rpc/ask.hpp>
#include <tendril/rpc/latch.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/testing/stream_tree.hpp>

#include <stdexcept>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace tendril::rpc::testing;
using namespace std::chrono_literals;

void send_text(router& from, address to, std::string const& text)
{
    from.send({.dst = to.context, .handle = to.handle, .data = wire::pack(text)});
}

TEST_CASE("R10: messages come out of a receiver in the order in which they were sent")
{
    stream_tree all;
    receiver in(all.at(0));
    int calls = 0;
    receiver told(all.at(0), {.notify = [&] { ++calls; }});
    for (int n = 0; n < 3; ++n)
        all.at(2).send({.dst = 0, .handle = in.handle(), .data = wire::pack(n)});
    send_text(all.at(2), told.where(), "last");
    CHECK(in.empty());
    CHECK(in.try_get().error().kind == channel_fault::would_block);

    all.run_until([&] { return !told.empty(); });

    for (int n = 0; n < 3; ++n)
        CHECK(in.data_of<int>(*in.try_get()) == n);
    CHECK(calls == 1);
}

TEST_CASE("R10: a receiver takes a certain handle, and says when that is taken")
{
    stream_tree all;
    receiver in(all.at(1), {.handle = 70});
    CHECK(in.where() == address{1, 70});
    CHECK_THROWS_AS(receiver(all.at(1), {.handle = 70}), std::invalid_argument);

    in = receiver(all.at(1), {.handle = 71});
    CHECK(receiver(all.at(1), {.handle = 70}).handle() == 70);
}

TEST_CASE("R10: a receiver for one context takes nothing of others, and ends when that is lost")
{
    stream_tree all;
    receiver in(all.at(0), {.respondent = 2});
    send_text(all.at(3), in.where(), "from elsewhere");
    send_text(all.at(2), in.where(), "from there");
    all.run_until([&] { return !in.empty(); });

    all.contexts.erase(2);
    all.run_until([&] { return !all.at(0).knows(2); });

    CHECK(in.data_of<std::string>(*in.try_get()) == "from there");
    CHECK(in.try_get().error() ==
          channel_error{channel_fault::ended, "the link to context 2 was lost: its stream ended"});
}

TEST_CASE("R10: a receiver admits whom its policy admits")
{
    stream_tree all;
    receiver in(all.at(0), {.admits = has_parent_authority});

    auto answer = async_ask(all.at(2), {.dst = 0, .handle = in.handle()});
    std::optional<channel_error> told;
    answer.async_get(std::nullopt, [&](auto given) { told = given.error(); });
    all.run_until([&] { return told.has_value(); });

    CHECK(told->reason.ends_with("does not take that from context 2 on the authority of 2"));
    CHECK(in.empty());
}

TEST_CASE("R10: closing a receiver drops what has come, and tells who asked for an answer")
{
    stream_tree all;
    receiver in(all.at(0));
    auto answer = async_ask(all.at(2), {.dst = 0, .handle = in.handle()});
    all.run_until([&] { return !in.empty(); });

    in.close("no more of this");

    CHECK(in.try_get().error() == channel_error{channel_fault::closed, "no more of this"});
    std::optional<channel_error> told;
    answer.async_get(std::nullopt, [&](auto given) { told = given.error(); });
    all.run_until([&] { return told.has_value(); });
    CHECK(told == channel_error{channel_fault::ended, "no more of this"});
}

TEST_CASE("R10: a receiver that takes one message ends after it")
{
    stream_tree all;
    receiver in(all.at(0), {.stays = standing::once});
    send_text(all.at(1), in.where(), "one");
    send_text(all.at(1), in.where(), "two");
    all.run_until([&] { return !in.empty(); });
    all.settle();

    CHECK(in.data_of<std::string>(*in.try_get()) == "one");
    CHECK(in.try_get().error().kind == channel_fault::ended);
}

TEST_CASE("R10: a receiver that has ended leaves its handle to who took it since")
{
    stream_tree all;
    std::optional<receiver> first(std::in_place, all.at(0), receiver_options{.handle = 70});
    sender(all.at(1), first->where(), 0).close();
    all.run_until([&] { return first->try_get().error().kind == channel_fault::ended; });
    receiver second(all.at(0), {.handle = 70});

    first.reset();

    send_text(all.at(1), second.where(), "for the second");
    all.run_until([&] { return !second.empty(); });
}

TEST_CASE("R10: what is no value of the type that was asked for is an error, and says so")
{
    stream_tree all;
    receiver in(all.at(0));
    send_text(all.at(1), in.where(), "seven");
    all.run_until([&] { return !in.empty(); });

    auto const number = in.data_of<int>(*in.try_get());
    CHECK(number.error().kind == channel_fault::refused);
    CHECK(number.error().reason.starts_with("cannot unpack an integer at byte 0"));
}

TEST_CASE("R10: a receiver may be destroyed by its own notice")
{
    stream_tree all;
    std::optional<receiver> in;
    in.emplace(all.at(0), receiver_options{.notify = [&] { in.reset(); }});
    send_text(all.at(2), in->where(), "one");
    send_text(all.at(2), in->where(), "two");

    all.run_until([&] { return !in; });
    all.settle();
}

asio::awaitable<void> collect(receiver* in, std::vector<int>* into, channel_error* end)
{
    for (;;) {
        auto const next = co_await in->async_get();
        if (!next) {
            *end = next.error();
            co_return;
        }
        into->push_back(*in->data_of<int>(*next));
    }
}

TEST_CASE("R10: a coroutine takes messages until the receiver ends")
{
    stream_tree all;
    receiver in(all.at(0));
    std::vector<int> taken;
    channel_error end;
    bool is_done = false;
    asio::co_spawn(all.loop, collect(&in, &taken, &end), [&](std::exception_ptr why) { is_done = !why; });
    auto out = sender(all.at(2), in.where(), 256UL * 1024);
    for (int n = 0; n < 5; ++n)
        REQUIRE(out.try_send(n));
    out.close("that was all");

    all.run_until([&] { return is_done; });

    CHECK(taken == std::vector<int>{0, 1, 2, 3, 4});
    CHECK(end == channel_error{channel_fault::ended, "that was all"});
}

TEST_CASE("R10: a thread takes messages until the receiver ends; a deadline ends only the wait")
{
    threaded_line all;
    receiver in(*all.top);
    CHECK(in.get(1ms).error().kind == channel_fault::timed_out);
    std::jthread const sending([&, to = in.where()] {
        auto out = sender(*all.bottom, to, 256UL * 1024);
        for (int n = 0; n < 1000; ++n)
            REQUIRE(out.send(n));
        out.close("that was all");
    });

    int expected = 0;
    for (auto const& each : in)
        CHECK(in.data_of<int>(each) == expected++);
    CHECK(expected == 1000);
    CHECK(in.get().error() == channel_error{channel_fault::ended, "that was all"});
}

TEST_CASE("R10: a thread that waits for a context hears that it was lost")
{
    threaded_line all;
    receiver in(*all.top, {.respondent = 2});
    std::jthread const ending([&] { all.bottom.end(); });

    CHECK(in.get(20s).error().reason == "the link to context 2 was lost: its stream ended");
}

TEST_CASE("R10: the thread that runs the router is never made to wait")
{
    threaded_line all;
    receiver in(*all.top);
    latch<channel_fault> seen;
    all.top->defer([&] { static_cast<void>(seen.put(in.get().error().kind)); });
    CHECK(seen.get(20s) == channel_fault::wrong_thread);

    stream_tree other;
    receiver there(other.at(0));
    CHECK(there.get().error().kind == channel_fault::wrong_thread);
}

TEST_CASE("R07: asking gives the answer, or why there is none, within a deadline")
{
    threaded_line all;
    receiver served(*all.bottom, {.handle = 50});
    receiver silent(*all.bottom, {.handle = 51});
    std::jthread const serving([&] {
        for (auto const& each : served)
            all.bottom->send(wire::reply_to(each, wire::pack(*served.data_of<int>(each) + 1)));
    });

    auto const answer = ask(*all.top, {.dst = 2, .handle = 50, .data = wire::pack(41)}, 20s);
    REQUIRE(answer);
    CHECK(wire::unpack<int>(answer->data) == 42);
    CHECK(ask(*all.top, {.dst = 2, .handle = 51}, 1ms).error().kind == channel_fault::timed_out);
    CHECK(ask(*all.top, {.dst = 2, .handle = 52}, 20s).error() ==
          channel_error{channel_fault::ended, "there is no handle 52 in context 2"});
    served.close();
}

}  // namespace
