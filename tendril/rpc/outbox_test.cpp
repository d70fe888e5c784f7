#include <tendril/rpc/outbox.hpp>
#include <tendril/rpc/well_known.hpp>
#include <tendril/wire/assembler.hpp>
#include <tendril/wire/frame_reader.hpp>

#include <array>
#include <random>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using rpc::outbox;

wire::message to_handle(wire::handle handle, std::size_t bytes, std::byte filler = std::byte{7})
{
    return {.dst = 5, .src = 1, .auth = 1, .handle = handle, .data = wire::byte_buffer(bytes, filler)};
}

/// What a slow reader gets: frames, and the messages they make.
struct far_side {
    wire::frame_reader reader;
    wire::assembler whole;
    std::vector<wire::frame_header> frames;
    std::vector<wire::message> messages;

    void take(base::byte_view bytes)
    {
        REQUIRE_FALSE(reader.feed(bytes, [&](auto const& header, auto piece) {
            frames.push_back(header);
            auto made = whole.take(header, piece);
            REQUIRE(made);
            if (*made)
                messages.push_back(std::move(**made));
        }));
    }
};

/// Writes up to @p most bytes, as a socket that takes no more.
std::size_t write_some(outbox& from, far_side& to, std::size_t most)
{
    std::array<base::byte_view, 16> views;
    auto const count = from.gather(views);
    std::size_t written = 0;
    for (auto const& each : std::span(views).first(count)) {
        auto const taken = std::min(most - written, each.size());
        to.take(each.first(taken));
        written += taken;
    }
    from.wrote(written);
    return written;
}

void drain(outbox& from, far_side& to)
{
    while (!from.empty())
        REQUIRE(write_some(from, to, 1U << 20U) > 0);
}

TEST_CASE("R03: a small message does not wait for a large one that was sent before to another handle")
{
    outbox queue;
    far_side peer;
    queue.push(to_handle(10, 10'000'000), 1);
    CHECK(write_some(queue, peer, 100'000) == 100'000);
    queue.push(to_handle(11, 5), 2);
    drain(queue, peer);

    REQUIRE(peer.messages.size() == 2);
    CHECK(peer.messages[0].handle == 11);
    CHECK(peer.messages[1].data.size() == 10'000'000);
}

TEST_CASE("R03: messages of one source for one handle keep their order, however large they are")
{
    outbox queue;
    far_side peer;
    for (std::size_t each : {200'000UL, 3UL, 0UL, 70'000UL, 1UL})
        queue.push(to_handle(10, each), static_cast<std::uint32_t>(each));
    drain(queue, peer);

    std::vector<std::size_t> sizes;
    for (auto const& each : peer.messages)
        sizes.push_back(each.data.size());
    CHECK(sizes == std::vector<std::size_t>{200'000, 3, 0, 70'000, 1});
}

TEST_CASE("R03: a small call does not wait for a large one, unless both are of a chain")
{
    for (auto const at : {rpc::well_known::call, rpc::well_known::chained}) {
        CAPTURE(at);
        outbox queue;
        far_side peer;
        auto large = to_handle(at, 1'000'000);
        large.reply_to = 1000;
        auto small = to_handle(at, 5);
        small.reply_to = 1001;
        queue.push(std::move(large), 1);
        queue.push(std::move(small), 2);
        drain(queue, peer);

        REQUIRE(peer.messages.size() == 2);
        CHECK(peer.messages[0].reply_to == (at == rpc::well_known::call ? 1001 : 1000));
    }
}

TEST_CASE("R03: large messages take turns, a piece each")
{
    outbox queue;
    far_side peer;
    queue.push(to_handle(10, 4 * wire::largest_piece), 1);
    queue.push(to_handle(11, 4 * wire::largest_piece), 2);
    drain(queue, peer);

    REQUIRE(peer.frames.size() == 8);
    for (std::size_t n = 0; n < 8; ++n)
        CHECK(peer.frames[n].handle == 10 + n % 2);
}

TEST_CASE("R04: frames of others are passed on unchanged, counted for the neighbour they came from")
{
    outbox queue;
    far_side peer;
    wire::byte_buffer const piece(50'000, std::byte{3});
    wire::frame_header const first{
        .size = 50'000, .dst = 5, .src = 9, .auth = 9, .handle = 20, .number = 4, .total = 100'000};
    auto second = first;
    second.offset = 50'000;
    queue.relay(3, first, piece);
    queue.relay(3, second, piece);
    CHECK(queue.relayed_bytes(3) == 100'080);
    CHECK(queue.relayed_bytes(4) == 0);
    drain(queue, peer);

    CHECK(peer.frames == std::vector{first, second});
    CHECK(queue.relayed_bytes(3) == 0);
}

TEST_CASE("R03: every byte arrives once whatever a stream takes at a time")
{
    std::mt19937 random(4711);
    auto const number_below = [&](std::size_t most) { return random() % most; };
    for (int round = 0; round < 50; ++round) {
        outbox queue;
        far_side peer;
        std::size_t sent = 0;
        std::size_t bytes = 0;
        while (sent < 40 || !queue.empty()) {
            if (sent < 40 && number_below(2) == 0) {
                auto const size = number_below(5) == 0 ? number_below(300'000) : number_below(100);
                queue.push(to_handle(static_cast<wire::handle>(10 + number_below(4)), size),
                           static_cast<std::uint32_t>(sent++));
                bytes += size;
            }
            write_some(queue, peer, 1 + number_below(90'000));
        }
        std::size_t arrived = 0;
        for (auto const& each : peer.messages)
            arrived += each.data.size();
        CHECK(peer.messages.size() == 40);
        CHECK(arrived == bytes);
        CHECK(queue.own_bytes() == 0);
    }
}

}  // namespace
