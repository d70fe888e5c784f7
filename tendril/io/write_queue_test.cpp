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
    std::signal(SIGPIPE, SIG_IGN);
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

}  // namespace
