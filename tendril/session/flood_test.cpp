#include <tendril/session/frame_pump.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <malloc.h>
#include <poll.h>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::testing::hosted_session;
using session::testing::patient_loop;
using session::testing::shell;
using session::testing::started;

term::terminal const& terminal_of(session::session& of)
{
    return dynamic_cast<term::terminal const&>(of.emulator());
}

/// A viewer with a terminal of its own, that takes a frame when the test says so.
struct viewer {
    explicit viewer(session::session& of)
        : pump(of, terminal_of(of), {.pace = 0ms}), screen(terminal_of(of).size())
    {
    }

    void ask()
    {
        waiting = true;
        pump.async_next([this](error_code why, session::viewer_frame frame) {
            waiting = false;
            end = why;
            if (why)
                return;
            ++frames;
            skipped += frame.skipped;
            saw_flood = saw_flood || frame.is_behind_flood;
            screen.resize(frame.size);
            screen.feed(base::bytes_of(frame.bytes));
            if (is_eager)
                ask();
        });
    }

    session::frame_pump pump;
    term::terminal screen;
    bool is_eager = false;
    bool waiting = false;
    bool saw_flood = false;
    error_code end;
    std::uint64_t frames = 0;
    std::uint64_t skipped = 0;
};

std::size_t heap_bytes()
{
    auto const heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

TEST_CASE("M08: viewers see true frames at their own pace, and the last one is what the session shows")
{
    hosted_session hosted("seq 1 200000; stty -echo; echo done; read line");
    viewer slow(*hosted.program);
    viewer eager(*hosted.program);
    eager.is_eager = true;
    eager.ask();
    slow.ask();
    REQUIRE(hosted.run_until_shown("done"));
    REQUIRE(hosted.run_until([&] { return eager.screen.dump() == hosted.program->emulator().dump(); }));
    CHECK(slow.frames == 1);
    CHECK(eager.frames > 1);

    slow.ask();
    REQUIRE(hosted.run_until([&] { return !slow.waiting; }));
    CHECK(slow.screen.dump() == hosted.program->emulator().dump());
    CHECK(slow.frames == 2);
    CHECK(slow.skipped > 0);

    slow.ask();
    REQUIRE_FALSE(hosted.program->write_line(""));
    REQUIRE(hosted.run_to_exit());
    REQUIRE(hosted.run_until([&] { return !slow.waiting && !eager.waiting; }));
    CHECK(slow.end == asio::error::eof);
    CHECK(eager.end == asio::error::eof);
}

TEST_CASE("M08: a viewer gets the new size with the frame that needs it, and a forgotten one all of it")
{
    hosted_session hosted("echo text; read line");
    REQUIRE(hosted.run_until_shown("text"));
    viewer one(*hosted.program);
    one.ask();
    REQUIRE(hosted.run_until([&] { return !one.waiting; }));
    one.ask();
    REQUIRE(hosted.program->resize({.columns = 40, .rows = 10}));
    REQUIRE(hosted.run_until([&] { return !one.waiting; }));
    CHECK(one.screen.size() == term::grid_size{40, 10});
    CHECK(one.screen.dump() == hosted.program->emulator().dump());

    one.screen = term::terminal({40, 10});
    one.ask();
    one.pump.forget();
    REQUIRE(hosted.run_until([&] { return !one.waiting; }));
    CHECK(one.screen.dump() == hosted.program->emulator().dump());
}

TEST_CASE("M08: while one session floods its viewers, another answers keys within a few turns of the loop")
{
    patient_loop loop;
    auto flooding = started(loop.loop, shell("yes"));
    std::uint64_t flood_chunks = 0;
    std::size_t largest = 0;
    flooding.on_update([&](base::byte_view chunk) {
        ++flood_chunks;
        largest = std::max(largest, chunk.size());
    });
    flooding.keep_reading();
    viewer slow(flooding);
    viewer eager(flooding);
    eager.is_eager = true;
    eager.ask();
    slow.ask();
    auto quiet = started(loop.loop, shell("stty raw -echo; echo ready; cat"));
    std::string echoed;
    quiet.on_update([&](base::byte_view chunk) { echoed += base::text_of(chunk); });
    quiet.keep_reading();
    REQUIRE(loop.run_until([&] { return echoed.find("ready") != echoed.npos && flood_chunks > 20; }));

    auto const heap_before = heap_bytes();
    auto const frames_before = eager.frames;
    int most_turns = 0;
    for (char const key : std::string("abcdefghij")) {
        echoed.clear();
        REQUIRE_FALSE(quiet.write(base::bytes_of(std::string(1, key))));
        // The loop stands until the echo has reached the kernel: from there on its turns count.
        auto const patience = std::chrono::steady_clock::now() + 20s;
        while (!quiet.has_unread_output())
            REQUIRE(std::chrono::steady_clock::now() < patience);
        int turns = 0;
        while (echoed.empty() && turns < 1000) {
            loop.loop.restart();
            loop.loop.run_one();
            ++turns;
        }
        CHECK(echoed == std::string(1, key));
        most_turns = std::max(most_turns, turns);
    }

    CHECK(most_turns <= 16);  // a few for each of the flood, its viewer and the reactor itself
    CHECK(largest <= 64 * 1024);
    REQUIRE(loop.run_until([&] { return flood_chunks > 150; }));
    CHECK(eager.frames > frames_before);
    CHECK(slow.frames == 1);
    CHECK(heap_bytes() < heap_before + 4 * 1024 * 1024);

    slow.ask();
    REQUIRE(loop.run_until([&] { return !slow.waiting; }));
    CHECK(slow.skipped > 100);
    REQUIRE_FALSE(flooding.write(base::bytes_of("\x03")));
    bool ended = false;
    flooding.on_exit([&](auto) { ended = true; });
    REQUIRE(loop.run_until([&] { return ended && !eager.waiting; }));
    CHECK(eager.end == asio::error::eof);
    CHECK(eager.screen.dump() == flooding.emulator().dump());
}

TEST_CASE("M08: the limiter lets bursts and slow output pass, and holds back what is more")
{
    using clock = std::chrono::steady_clock;
    session::flood_limiter limiter(
        {.bytes_per_second = 1000, .burst_bytes = 500, .hold = 5s, .tail_bytes = 12});
    auto now = clock::time_point{} + 1h;
    std::string const piece(100, 'x');
    for (int i = 0; i < 100; ++i)
        CHECK(limiter.passes(base::bytes_of(piece), now += 100ms));
    CHECK(limiter.passes(base::bytes_of(std::string(400, 'x')), now));
    CHECK_FALSE(limiter.passes(base::bytes_of("over\n"), now));
    CHECK(limiter.engaged());
    CHECK(limiter.until() == now + 5s);
    CHECK(limiter.release() == "over\n");  // nothing was cut yet
    CHECK(limiter.cut_bytes() == 0);

    CHECK(limiter.passes(base::bytes_of(std::string(500, 'x')), now));
    CHECK_FALSE(limiter.passes(base::bytes_of("first line\n"), now));
    for (int i = 0; i < 100; ++i)
        CHECK_FALSE(limiter.passes(base::bytes_of("next line\n"), now + 1h));
    CHECK(limiter.release() == "\x18\rnext line\n");
    CHECK(limiter.cut_bytes() == 11 + 99 * 10);
    CHECK(limiter.passes(base::bytes_of("calm"), now));
}

TEST_CASE("M08: a limited flood reaches expectations and callbacks whole, the screen its tail, keys end it")
{
    hosted_session hosted("trap 'echo interrupted; exit 4' INT; seq 1 100000; echo last; read line; "
                          "while :; do echo flood; done");
    auto& program = *hosted.program;
    program.limit_floods({.bytes_per_second = 1, .burst_bytes = 1000, .hold = 1h, .tail_bytes = 200});
    viewer one(program);
    one.is_eager = true;
    one.ask();
    bool seen = false;
    program.expect({*expect::pattern::exact("99999\r\n")}, [&](auto const&) { seen = true; },
                   {.from = expect::source::stream});
    REQUIRE(hosted.run_until_shown("last\r\n"));
    CHECK(seen);
    CHECK(program.limits_flood());
    CHECK(hosted.output.size() > 588'000);
    auto const last_line = [&] {
        auto const lines = program.emulator().dump();
        auto const at = std::ranges::find_if(lines.rbegin(), lines.rend(),
                                             [](auto const& line) { return !line.empty(); });
        return at == lines.rend() ? std::string() : *at;
    };
    CHECK(last_line() != "last");

    REQUIRE_FALSE(program.write_line(""));
    REQUIRE(hosted.run_until([&] { return !program.limits_flood(); }));
    REQUIRE(hosted.run_until([&] { return program.limits_flood(); }));
    REQUIRE_FALSE(program.make_writer().write(base::bytes_of("\x03")));
    REQUIRE(hosted.run_to_exit());

    CHECK(hosted.status->shell_code() == 4);
    CHECK(last_line().ends_with("interrupted"));
    REQUIRE(hosted.run_until([&] { return !one.waiting; }));
    CHECK(one.screen.dump() == program.emulator().dump());
}

TEST_CASE("M08: the hold of a flood ends by itself")
{
    hosted_session hosted("seq 1 10000; read line");
    auto& program = *hosted.program;
    program.limit_floods({.bytes_per_second = 1, .burst_bytes = 1000, .hold = 1ms, .tail_bytes = 200});

    REQUIRE(hosted.run_until_shown("\r\n10000\r\n"));
    REQUIRE(hosted.run_until([&] { return !program.limits_flood(); }));

    auto const lines = program.emulator().dump();
    CHECK(std::ranges::find(lines, "10000") != lines.end());
}

}  // namespace
