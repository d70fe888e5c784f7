#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <csignal>

#include <boost/asio/post.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

constexpr std::size_t gibibyte = 1024 * 1024 * 1024;

/// Counts what comes, and keeps nothing.
struct counter : handler {
    void stdout_data(base::byte_view bytes) override
    {
        received += bytes.size();
        if (program && --until_pause == 0)
            program->pause();
    }
    void connected(transport& to) override { program = &to; }
    void ended(ending const& how) override { end = how; }

    transport* program = nullptr;
    std::size_t received = 0;
    int until_pause = 1;
    std::optional<ending> end;
};

/// A push producer that writes as fast as it may, until `total` bytes are out.
struct push_source : producer {
    explicit push_source(transport& target, std::size_t bytes) : to(target), left(bytes) {}

    void resume() override
    {
        ++resumed;
        running = true;
        turn();
    }
    void pause() override
    {
        ++paused;
        running = false;
    }
    void stop() override { stopped = true; }

    void turn()
    {
        if (!running || stopped || left == 0)
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

    transport& to;
    std::size_t left;
    std::string piece = std::string(32 * 1024, 'p');
    std::size_t most_queued = 0;
    int resumed = 0;
    int paused = 0;
    bool running = true;
    bool stopped = false;
};

/// A pull producer: one portion for each time it is asked.
struct pull_source : producer {
    explicit pull_source(transport& target, int wanted) : to(target), portions(wanted) {}

    void resume() override
    {
        CHECK(to.queued_bytes(0) == 0);
        REQUIRE(to.write(std::string(100'000, static_cast<char>('a' + asked % 26))).has_value());
        if (++asked == portions)
            to.unregister_producer(0);
    }
    void stop() override { stopped = true; }

    transport& to;
    int portions;
    int asked = 0;
    bool stopped = false;
};

TEST_CASE("C09: a paused reader blocks the program, keeps memory flat and loses nothing")
{
    asio::io_context loop;
    counter events;
    auto const program =
        process::spawn(loop.get_executor(), events, test_child({"flood", std::to_string(gibibyte)})).value();
    testing::run_until(loop, [&] { return events.received > 0; });
    auto const before = base::testing::resident_bytes();
    auto const at_pause = events.received;
    loop.restart();
    loop.poll();

    CHECK(events.received == at_pause);
    CHECK(kill(program->pid(), 0) == 0);

    program->resume();
    testing::run_until(loop, [&] { return events.end.has_value(); });
    CHECK(events.received == gibibyte);
    CHECK(events.end->status.success());
    CHECK(base::testing::resident_bytes() < before + 16 * 1024 * 1024);
}

TEST_CASE("C09: pausing twice and resuming before anything happened loses nothing")
{
    recorded run(test_child({"write-bytes", "300000"}));
    run.program->pause();
    run.program->pause();
    run.program->resume();
    run.program->resume();

    CHECK(run.run_to_end().success());
    CHECK(run.record.text[1].size() == 300'000);
}

TEST_CASE("C09: a program that ended while its reader was paused is told as ended only after its output")
{
    recorded run(test_child({"write-bytes", "1000"}), standard_pipes(),
                 {.drain_patience = std::chrono::milliseconds(1)});
    run.program->pause();
    run.run_until([&] { return run.record.exit.has_value(); });
    run.loop.restart();
    run.loop.run_for(std::chrono::milliseconds(50));
    CHECK(run.record.text[1] == "");
    CHECK_FALSE(run.record.end.has_value());

    run.program->resume();
    run.run_to_end();
    CHECK(run.record.text[1].size() == 1000);
}

TEST_CASE("C09: stop closes what we read, and the program gets a broken pipe")
{
    recorded run(test_child({"flood", std::to_string(gibibyte)}));
    run.run_until([&] { return run.record.count("data 1") > 0; });
    run.program->stop();

    CHECK(run.run_to_end() == exit_status::killed(SIGPIPE));
    CHECK(run.record.count("closed 1") == 1);
    CHECK(run.record.count("closed 2") == 1);
}

TEST_CASE("C10: a push producer is paused above the high-water mark, resumed below, and all of it arrives")
{
    recorded run(test_child({"count"}));
    push_source source(*run.program, 8 * 1024 * 1024);
    REQUIRE(run.program->register_producer(0, source, production::push).has_value());
    CHECK(run.program->close_stdin().has_value());  // waits for the producer
    source.turn();

    CHECK(run.run_to_end().success());
    CHECK(run.record.text[1] == "counted 8388608\n");
    CHECK(source.paused > 0);
    CHECK(source.paused == source.resumed);
    CHECK(source.most_queued <= 64 * 1024 + 3 * source.piece.size());
    CHECK_FALSE(source.stopped);
}

TEST_CASE("C10: a push producer of a program that does not read stays paused")
{
    recorded run(test_child({"linger"}));
    push_source source(*run.program, gibibyte);
    REQUIRE(run.program->register_producer(0, source, production::push).has_value());
    source.turn();
    run.run_until([&] { return source.paused == 1; });
    run.await("ready");
    auto const left = source.left;
    run.loop.restart();
    run.loop.poll();

    CHECK(source.left == left);
    CHECK(source.resumed == 0);
    run.program->unregister_producer(0);
}

TEST_CASE("C10: a pull producer is asked at once, and again whenever its portion is in the pipe")
{
    recorded run(test_child({"copy"}));
    pull_source source(*run.program, 20);
    REQUIRE(run.program->register_producer(0, source, production::pull).has_value());
    CHECK(source.asked == 0);  // never from within the call
    CHECK(run.program->close_stdin().has_value());

    CHECK(run.run_to_end().success());
    std::string expected;
    for (int i = 0; i < 20; ++i)
        expected.append(100'000, static_cast<char>('a' + i));
    CHECK((run.record.text[1] == expected));
    CHECK_FALSE(source.stopped);
}

TEST_CASE("C10: after unregistering, plain writing follows what the producer wrote")
{
    recorded run(test_child({"copy"}));
    pull_source source(*run.program, 1);
    REQUIRE(run.program->register_producer(0, source, production::pull).has_value());
    run.run_until([&] { return source.asked == 1; });
    CHECK(run.program->write("end").has_value());
    CHECK(run.program->close_stdin().has_value());

    CHECK(run.run_to_end().success());
    CHECK((run.record.text[1] == std::string(100'000, 'a') + "end"));
}

TEST_CASE("C10: a producer is stopped when the program closes the pipe, and at once when it comes too late")
{
    recorded run(test_child({"close"}));
    push_source early(*run.program, 0);
    push_source second(*run.program, 0);
    REQUIRE(run.program->register_producer(0, early, production::push).has_value());
    CHECK(run.program->register_producer(0, second, production::push).error().code ==
          boost::system::errc::already_connected);
    run.run_until([&] { return run.record.count("closed 0") == 1; });
    run.run_until([&] { return early.stopped; });

    push_source late(*run.program, 0);
    REQUIRE(run.program->register_producer(0, late, production::push).has_value());
    CHECK_FALSE(late.stopped);
    run.run_until([&] { return late.stopped; });
    CHECK(run.program->register_producer(1, late, production::push).error().code ==
          error_code(errc::not_connected));
}

TEST_CASE("C10: a producer that goes between the loss and the news of it is not called any more")
{
    recorded run(test_child({"close"}));
    run.run_until([&] { return run.record.count("closed 0") == 1; });
    {
        push_source late(*run.program, 0);
        REQUIRE(run.program->register_producer(0, late, production::push).has_value());
        run.program->unregister_producer(0);
    }
    run.loop.restart();
    run.loop.poll();  // under the address sanitizer a call to the dead producer would show
    CHECK_FALSE(run.record.end.has_value());
}

}  // namespace
