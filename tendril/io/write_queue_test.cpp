#include <tendril/io/write_queue.hpp>

#include <array>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// A pipe whose write end is a stream with a queue before it.
struct queued_pipe {
    explicit queued_pipe(std::size_t limit_bytes) : queue((open_ends(), *writer), limit_bytes) {}

    void open_ends()
    {
        std::array<int, 2> raw{};
        REQUIRE(::pipe2(raw.data(), O_CLOEXEC) == 0);
        reader.reset(raw[0]);
        writer.emplace(loop.get_executor(), base::unique_fd(raw[1]));
    }

    asio::io_context loop;
    base::unique_fd reader;
    std::optional<io::stream> writer;
    io::write_queue queue;
};

TEST_CASE("io: more than a pipe holds arrives complete and in order")
{
    queued_pipe p(1024 * 1024);
    std::string sent;
    for (int i = 0; sent.size() < 500'000; ++i) {
        auto const piece = std::to_string(i) + "\n";
        REQUIRE_FALSE(p.queue.push(base::bytes_of(piece)));
        sent += piece;
    }

    std::string got;
    std::array<char, 4096> buffer;
    while (got.size() < sent.size()) {
        p.loop.restart();
        p.loop.poll();
        auto const count = ::read(p.reader.get(), buffer.data(), buffer.size());
        REQUIRE(count > 0);
        got.append(buffer.data(), static_cast<std::size_t>(count));
    }

    CHECK(got == sent);
    CHECK(p.queue.queued_bytes() == 0);
}

TEST_CASE("io: a push beyond the limit is refused whole")
{
    queued_pipe p(100'000);
    std::vector<std::byte> const big(100'000);
    std::vector<std::byte> const one(1);

    REQUIRE_FALSE(p.queue.push(big));
    p.loop.poll();  // the pipe took 64 KiB
    auto const before = p.queue.queued_bytes();
    auto const refused = p.queue.push(big);

    CHECK(refused == boost::system::errc::no_buffer_space);
    CHECK(p.queue.queued_bytes() == before);
    CHECK_FALSE(p.queue.push(one));
}

TEST_CASE("io: a reader that goes away is an error for the drain and for later pushes")
{
    std::signal(SIGPIPE, SIG_DFL);
    queued_pipe p(1024);
    p.reader.reset();
    std::optional<error_code> drained;

    REQUIRE_FALSE(p.queue.push(base::bytes_of("lost")));
    p.queue.async_drain([&](error_code why) { drained = why; });
    p.loop.run();

    REQUIRE(drained.has_value());
    CHECK(*drained == boost::system::errc::broken_pipe);
    CHECK(p.queue.push(base::bytes_of("x")) == boost::system::errc::broken_pipe);
}

TEST_CASE("io: a write to nobody leaves the program's SIGPIPE as it was, pending or not")
{
    std::signal(SIGPIPE, SIG_DFL);
    queued_pipe p(1024);
    p.reader.reset();
    sigset_t blocked;
    sigset_t pending;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &blocked, nullptr);

    REQUIRE_FALSE(p.queue.push(base::bytes_of("lost")));
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, SIGPIPE) == 0);

    std::raise(SIGPIPE);
    error_code why;
    base::byte_view const piece = base::bytes_of("lost");
    CHECK(p.writer->try_write(std::span(&piece, 1), why) == 0);
    CHECK(why == boost::system::errc::broken_pipe);
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, SIGPIPE) == 1);

    std::signal(SIGPIPE, SIG_IGN);  // discards the one that is pending
    ::pthread_sigmask(SIG_UNBLOCK, &blocked, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
}

TEST_CASE("C06: pieces pushed together arrive as one, also when the pipe is full half way")
{
    queued_pipe p(1024 * 1024);
    std::string const first(60'000, 'a');
    std::string const second(60'000, 'b');
    std::array const pieces{base::bytes_of(first), base::bytes_of(""), base::bytes_of(second)};

    REQUIRE_FALSE(p.queue.push(pieces));
    CHECK(p.queue.queued_bytes() == 120'000 - 65'536);  // no byte waits that the pipe could take

    std::string got;
    std::array<char, 4096> buffer;
    while (got.size() < 120'000) {
        p.loop.restart();
        p.loop.poll();
        auto const count = ::read(p.reader.get(), buffer.data(), buffer.size());
        REQUIRE(count > 0);
        got.append(buffer.data(), static_cast<std::size_t>(count));
    }
    CHECK(got == first + second);
}

TEST_CASE("C10: a wait for the low-water mark completes before the queue is empty")
{
    queued_pipe p(1024 * 1024);
    std::vector<std::byte> const full(65'536 + 100'000);
    REQUIRE_FALSE(p.queue.push(full));
    std::optional<std::size_t> left;
    p.queue.async_wait_below(50'000, [&](error_code) { left = p.queue.queued_bytes(); });
    p.loop.poll();
    CHECK_FALSE(left.has_value());

    std::array<char, 65'536> buffer;
    REQUIRE(::read(p.reader.get(), buffer.data(), buffer.size()) == 65'536);
    p.loop.restart();
    p.loop.poll();

    CHECK(left == 34'464);
}

}  // namespace
