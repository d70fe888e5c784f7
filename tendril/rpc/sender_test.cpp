#include <tendril/rpc/latch.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/sender.hpp>
#include <tendril/rpc/testing/stream_tree.hpp>

#include <thread>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace tendril::rpc::testing;
using namespace std::chrono_literals;

constexpr std::size_t window = 256UL * 1024;

TEST_CASE("R11: a sender travels, and sends from a third context to where it leads")
{
    stream_tree all;
    receiver in(all.at(1));
    receiver told(all.at(2));
    REQUIRE(sender(all.at(3), told.where(), window).try_send(std::pair(in.to_sender(), 7)));
    all.run_until([&] { return !told.empty(); });

    auto got = told.data_of<std::pair<sender, int>>(*told.try_get());
    REQUIRE(got);
    CHECK(got->first.where() == in.where());
    CHECK(got->first == in.to_sender());
    REQUIRE(got->first.try_send(got->second));
    all.run_until([&] { return !in.empty(); });

    auto const what = in.try_get();
    CHECK(what->src == 2);
    CHECK(in.data_of<int>(*what) == 7);
}

TEST_CASE("R11: a sender that is unpacked without a router is an error of the bytes, not a crash")
{
    stream_tree all;
    receiver in(all.at(1));
    auto const bytes = wire::pack(in.to_sender());

    CHECK(wire::unpack<sender>(bytes).error().message() ==
          "cannot unpack a sender where no router is in scope at byte 5: it is of another type");
    CHECK(sender().try_send(1).error() == channel_error{channel_fault::closed, "the sender leads nowhere"});
}

TEST_CASE("R11: what is sent and not taken fills the window, and taking half of it makes room")
{
    stream_tree all;
    receiver in(all.at(0));
    auto out = sender(all.at(2), in.where(), window);
    wire::byte_buffer const piece(16UL * 1024);
    int sent = 0;
    while (out.try_send(piece))
        ++sent;
    CHECK(sent == 15);
    CHECK(out.try_send(piece).error().kind == channel_fault::would_block);
    std::vector<int> order;
    out.async_send(piece, std::nullopt, [&](auto outcome) {
        CHECK(outcome);
        order.push_back(1);
    });
    out.async_send(1, std::nullopt, [&](auto outcome) {
        CHECK(outcome);
        order.push_back(2);
    });
    CHECK(out.try_send(true).error().kind == channel_fault::would_block);  // it would overtake
    all.run_until([&] { return !in.empty(); });
    all.settle();
    CHECK(order.empty());

    std::vector<wire::message> taken;
    all.run_until([&] {
        if (auto next = in.try_get())
            taken.push_back(std::move(*next));
        return taken.size() == 17;
    });
    CHECK(order == std::vector{1, 2});
    CHECK(in.data_of<int>(taken.back()) == 1);
}

TEST_CASE("R11: a message that is larger than the window goes alone, whatever was taken without credit")
{
    stream_tree all;
    receiver in(all.at(0));
    auto out = sender(all.at(2), in.where(), window);
    REQUIRE(out.try_send(wire::byte_buffer(100UL * 1024)));
    all.run_until([&] { return in.try_get().has_value(); });
    REQUIRE(out.try_send(wire::byte_buffer(4UL * 1024 * 1024)));
    CHECK(out.try_send(1).error().kind == channel_fault::would_block);
    all.run_until([&] { return in.try_get().has_value(); });
    all.run_until([&] { return out.try_send(1).has_value(); });
}

TEST_CASE("R11: who sends more than may wait is refused, told and logged; others are not harmed")
{
    stream_tree all;
    receiver in(all.at(0), {.capacity = 64UL * 1024});
    auto honest = in.to_sender();
    auto greedy = sender(all.at(2), in.where(), 10UL * window);
    REQUIRE(honest.try_send(std::string("mine")));
    for (int n = 0; n < 8; ++n)
        REQUIRE(greedy.try_send(wire::byte_buffer(32UL * 1024)));

    all.run_until([&] { return !greedy.try_send(0).has_value(); });

    CHECK(
        greedy.try_send(0).error() ==
        channel_error{channel_fault::ended, "context 2 sends more than the 65536 bytes that may wait here"});
    CHECK(std::ranges::any_of(all.records, [](auto const& each) {
        return each.level == log_level::warning && each.source == "receiver" &&
               each.text.starts_with("refused at handle");
    }));
    REQUIRE(honest.try_send(std::string("and more")));
    std::size_t waiting = 0;
    all.settle();
    while (auto const next = in.try_get())
        waiting += next->data.size();
    CHECK(waiting <= 2UL * 64 * 1024);
}

TEST_CASE("R11: a receiver that is closed, or lost with its context, ends its senders; waiting ones at once")
{
    stream_tree all;
    std::optional<receiver> in(std::in_place, all.at(2));
    auto out = sender(all.at(0), in->where(), window);
    while (out.try_send(wire::byte_buffer(window / 4)))
        ;
    std::optional<channel_error> told;
    out.async_send(wire::byte_buffer(window / 4), std::nullopt,
                   [&](auto outcome) { told = outcome.error(); });
    all.run_until([&] { return !in->empty(); });
    all.settle();

    SUBCASE("closed")
    {
        in->close("I have heard enough");
        all.run_until([&] { return told.has_value(); });
        CHECK(told == channel_error{channel_fault::ended, "I have heard enough"});
    }
    SUBCASE("lost")
    {
        in.reset();
        all.contexts.erase(2);
        all.run_until([&] { return told.has_value(); });
        CHECK(told->kind == channel_fault::ended);
    }
    CHECK(out.try_send(1).error() == *told);
}

TEST_CASE("R11: closing a sender ends the receiver after all that was sent before, waiting or not")
{
    stream_tree all;
    receiver in(all.at(0));
    auto out = sender(all.at(2), in.where(), window);
    for (int n = 0; n < 10; ++n)
        out.async_send(std::string(100'000, 'x'), std::nullopt, [](auto outcome) { CHECK(outcome); });
    out.close("done");
    CHECK(out.try_send(1).error().kind == channel_fault::closed);

    int got = 0;
    std::optional<channel_error> end;
    all.run_until([&] {
        auto const next = in.try_get();
        if (next)
            ++got;
        else if (next.error().kind == channel_fault::ended)
            end = next.error();
        return end.has_value();
    });
    CHECK(got == 10);
    CHECK(end->reason == "done");
}

TEST_CASE("R11: a send that waits may be cancelled, and has a deadline; it is not sent then")
{
    stream_tree all;
    receiver in(all.at(0));
    auto out = sender(all.at(2), in.where(), 0);
    REQUIRE(out.try_send(0));
    std::vector<channel_fault> told;
    asio::cancellation_signal stop;
    auto const note = [&](auto outcome) { told.push_back(outcome.error().kind); };
    out.async_send(1, std::nullopt, asio::bind_cancellation_slot(stop.slot(), note));
    out.async_send(2, 1ms, note);
    all.settle();
    stop.emit(asio::cancellation_type::terminal);
    all.run_until([&] { return told.size() == 2; });

    CHECK(told == std::vector{channel_fault::cancelled, channel_fault::timed_out});
    CHECK(in.data_of<int>(*in.try_get()) == 0);
    all.settle();
    CHECK(in.empty());
}

TEST_CASE("R11: ten senders in three contexts keep their own order at one receiver")
{
    stream_tree all;
    receiver in(all.at(0), {.capacity = 4096});
    constexpr int each = 200;
    std::vector<sender> senders;
    for (unsigned n = 0; n < 10; ++n)
        senders.emplace_back(all.at(1 + n % 3), in.where(), 4096);
    for (int n = 0; n < each; ++n)
        for (int which = 0; which < 10; ++which)
            senders[static_cast<std::size_t>(which)].async_send(std::pair(which, n), std::nullopt,
                                                                [](auto outcome) { CHECK(outcome); });
    std::vector<int> next(10);
    int count = 0;
    all.run_until([&] {
        while (auto const what = in.try_get()) {
            auto const [which, n] = *in.data_of<std::pair<int, int>>(*what);
            CHECK(next[static_cast<std::size_t>(which)]++ == n);
            ++count;
        }
        return count == 10 * each;
    });
}

TEST_CASE("R11: more senders than a receiver takes are refused, idle ones do not count")
{
    stream_tree all;
    receiver in(all.at(0), {.most_senders = 2});
    auto one = sender(all.at(1), in.where(), window);
    auto two = sender(all.at(1), in.where(), window);
    auto three = sender(all.at(1), in.where(), window);
    REQUIRE(one.try_send(1));
    REQUIRE(two.try_send(2));
    all.run_until([&] { return in.try_get().has_value(); });
    REQUIRE(three.try_send(3));
    all.settle();
    REQUIRE(one.try_send(4));
    all.run_until([&] { return !one.try_send(5).has_value(); });
    CHECK(one.try_send(6).error().reason == "messages of 2 senders wait here already");
}

asio::awaitable<void> pour(sender* out, std::size_t pieces, wire::byte_buffer piece)
{
    for (std::size_t n = 0; n < pieces; ++n) {
        auto const outcome = co_await out->async_send(piece, std::nullopt, asio::use_awaitable);
        CHECK(outcome);
    }
    out->close("all of it");
}

TEST_CASE("R11: a hundred mebibytes to a slow reader two links away never pile up on the way")
{
    stream_tree all;
    receiver in(all.at(0));
    auto out = sender(all.at(2), in.where(), window);
    bool is_poured = false;
    asio::co_spawn(all.loop, pour(&out, 1600, wire::byte_buffer(64UL * 1024)),
                   [&](std::exception_ptr) { is_poured = true; });
    std::size_t bytes = 0;
    std::size_t most_waiting = 0;
    bool has_ended = false;
    all.run_until([&] {
        // It reads only when the loop has nothing else to do: slower than anything on the way.
        all.settle();
        std::size_t waiting = 0;
        for (;;) {
            auto next = in.try_get();
            has_ended = !next && next.error().kind == channel_fault::ended;
            if (!next)
                break;
            waiting += next->data.size();
        }
        bytes += waiting;
        most_waiting = std::max(most_waiting, waiting);
        return has_ended;
    });
    CHECK(is_poured);
    CHECK(bytes > 100UL * 1024 * 1024);
    CHECK(most_waiting <= window);
    CHECK(all.at(1).counters(0)->most_queued_bytes <= window);
    CHECK(all.at(2).counters(1)->most_queued_bytes <= window);
    CHECK(all.at(1).counters(2)->pauses == 0);
}

TEST_CASE("R11: threads stream through a tree of threads, each in its order")
{
    threaded_line all;
    receiver in(*all.top, {.capacity = 16UL * 1024});
    constexpr int each = 500;
    auto shared = sender(*all.bottom, in.where(), 16UL * 1024);
    auto const send_all = [](sender out, int first) {
        for (int n = 0; n < each; ++n)
            REQUIRE(out.send(std::pair(first + n, std::string(100, 'x'))));
    };
    std::vector<std::jthread> sending;
    for (int which = 0; which < 3; ++which)
        sending.emplace_back(send_all, shared, which * 10'000);
    sending.emplace_back(send_all, sender(*all.middle, in.where(), 16UL * 1024), 30'000);
    std::vector<int> next(4);
    for (int n = 0; n < 4 * each; ++n) {
        auto const what = in.get_data<std::pair<int, std::string>>(60s);
        REQUIRE(what);
        CHECK(next[static_cast<std::size_t>(what->first / 10'000)]++ == what->first % 10'000);
    }
}

TEST_CASE("R11: a thread that waits for room gives up at its deadline, and when the receiver is lost")
{
    threaded_line all;
    latch<bool> arrived;
    receiver in(*all.bottom, {.notify = [&] { static_cast<void>(arrived.put(true)); }});
    auto out = sender(*all.top, in.where(), 0);
    REQUIRE(out.send(1));
    REQUIRE(arrived.get(20s));
    CHECK(out.send(2, 1ms).error().kind == channel_fault::timed_out);
    std::jthread const ending([&] { in.close("gone"); });
    auto const lost = out.send(3, 20s);
    REQUIRE_FALSE(lost);
    CHECK(lost.error().kind == channel_fault::ended);
    auto const& why = lost.error().reason;  // whether or not the first message had come before the end
    CHECK((why == "gone" || why.starts_with("there is no handle ") || why == "the receiver is closed"));
    latch<channel_fault> seen;
    auto fresh = sender(*all.top, {1, 4000}, 0);
    all.top->defer([&] { static_cast<void>(seen.put(fresh.send(1).error().kind)); });
    CHECK(seen.get(20s) == channel_fault::wrong_thread);
}

}  // namespace
