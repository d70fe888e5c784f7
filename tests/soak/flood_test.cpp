/// @file
/// Ten gibibytes each way past somebody who is not ready for them. Layer: tests.

#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/process/producer.hpp>

#include <algorithm>
#include <csignal>
#include <optional>

#include "soak_fixture.hpp"
#include <boost/asio/post.hpp>

namespace {

using namespace tendril;
using namespace tendril::tests;
using base::testing::resident_bytes;
using process::testing::test_child;

constexpr std::size_t gibibyte = 1024UL * 1024 * 1024;
constexpr std::size_t total = 10 * gibibyte;
constexpr std::size_t allowance = 4UL * 1024 * 1024;

/// Pauses after each gibibyte, counts, keeps nothing.
struct hesitant_reader : process::handler {
    void connected(process::transport& to) override { program = &to; }
    void stdout_data(base::byte_view bytes) override
    {
        received += bytes.size();
        if (received / gibibyte == pauses)
            return;
        pauses = received / gibibyte;
        program->pause();
        paused = true;
    }
    void ended(process::ending const& how) override { end = how; }

    process::transport* program = nullptr;
    std::size_t received = 0;
    std::size_t pauses = 0;
    bool paused = false;
    std::optional<process::ending> end;
};

/// Keeps what is said, and how it ended.
struct listener : process::handler {
    void stdout_data(base::byte_view bytes) override { said += base::text_of(bytes); }
    void ended(process::ending const& how) override { end = how; }

    std::string said;
    std::optional<process::ending> end;
};

/// Writes as fast as it may.
struct source : process::producer {
    source(process::transport& target, std::size_t bytes) : to(target), left(bytes) {}

    void resume() override
    {
        running = true;
        turn();
    }
    void pause() override
    {
        running = false;
        ++pauses;
    }
    void stop() override { running = false; }

    void turn()
    {
        if (!running || left == 0)
            return;
        auto const size = std::min(left, piece.size());
        REQUIRE(to.write(std::string_view(piece).substr(0, size)).has_value());
        most_queued = std::max(most_queued, to.queued_bytes(0));
        left -= size;
        if (left == 0)
            to.unregister_producer(0);
        else
            asio::post(to.get_executor(), [this] { turn(); });
    }

    process::transport& to;
    std::size_t left;
    std::string piece = std::string(64UL * 1024, 'p');
    std::size_t most_queued = 0;
    int pauses = 0;
    bool running = true;
};

TEST_CASE("C09: 10 GiB to a reader that pauses again and again arrive whole, in flat memory")
{
    asio::io_context loop;
    hesitant_reader events;
    auto const program =
        process::spawn(loop.get_executor(), events, test_child({"flood", std::to_string(total)})).value();
    run_until(loop, [&] { return events.received > 0; });
    auto const before = resident_bytes();
    while (!events.end) {
        run_until(loop, [&] { return events.paused || events.end; });
        auto const at_pause = events.received;
        loop.restart();
        loop.run_for(std::chrono::milliseconds(20));  // time in which a reader that is not paused would read
        if (events.paused) {
            CHECK(events.received == at_pause);
            CHECK(resident_bytes() < before + allowance);
        }
        events.paused = false;
        program->resume();
    }
    CHECK(events.received == total);
    CHECK(events.end->status.success());
    CHECK(events.pauses == 10);
    MESSAGE("memory grew by ", (resident_bytes() - std::min(before, resident_bytes())) / 1024, " KiB");
}

TEST_CASE("C10: 10 GiB for a program that does not read wait outside our memory")
{
    asio::io_context loop;
    listener events;
    auto const program = process::spawn(loop.get_executor(), events, test_child({"linger"})).value();
    run_until(loop, [&] { return !events.said.empty(); });
    auto const before = resident_bytes();
    source ten(*program, total);
    REQUIRE(program->register_producer(0, ten, process::production::push).has_value());
    ten.turn();
    run_until(loop, [&] { return ten.pauses == 1; });
    loop.restart();
    loop.run_for(std::chrono::seconds(1));
    CHECK(ten.left > total - 1024UL * 1024);
    CHECK(resident_bytes() < before + allowance);
    program->unregister_producer(0);
    CHECK(program->signal(SIGKILL).has_value());
    run_until(loop, [&] { return events.end.has_value(); });
}

TEST_CASE("C10: 10 GiB for a program that reads arrive whole, in flat memory")
{
    asio::io_context loop;
    listener events;
    auto const program = process::spawn(loop.get_executor(), events, test_child({"count"})).value();
    auto const before = resident_bytes();
    source ten(*program, total);
    REQUIRE(program->register_producer(0, ten, process::production::push).has_value());
    REQUIRE(program->close_stdin().has_value());
    ten.turn();
    run_until(loop, [&] { return events.end.has_value(); });
    CHECK(events.said == "counted " + std::to_string(total) + "\n");
    CHECK(ten.most_queued <= 64UL * 1024 + ten.piece.size());
    CHECK(resident_bytes() < before + allowance);
    MESSAGE("paused ", ten.pauses, " times, at most ", ten.most_queued, " bytes queued");
}

}  // namespace
