#include <tendril/io/borrowed_stream.hpp>

#include <array>
#include <cstdio>
#include <string>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

struct pipe_ends {
    base::unique_fd read_end;
    base::unique_fd write_end;
};

pipe_ends make_pipe()
{
    std::array<int, 2> raw{};
    REQUIRE(::pipe2(raw.data(), O_CLOEXEC) == 0);
    return {base::unique_fd(raw[0]), base::unique_fd(raw[1])};
}

/// What one read of @p from gives, or its error as text.
std::string read_once(io::borrowed_stream& from, asio::io_context& loop)
{
    std::array<std::byte, 64> buffer;
    std::string got;
    from.async_read_some(buffer, [&](error_code why, std::size_t count) {
        got = why ? why.message() : std::string(base::text_of(std::span(buffer).first(count)));
    });
    loop.restart();
    loop.run();
    return got;
}

TEST_CASE("io: a borrowed pipe is read without touching the flags of the one who lent it")
{
    asio::io_context loop;
    auto const ends = make_pipe();
    {
        auto borrowed =
            io::borrowed_stream::open(loop.get_executor(), ends.read_end.get(), io::direction::read);
        REQUIRE(borrowed.has_value());
        REQUIRE(::write(ends.write_end.get(), "hello", 5) == 5);

        CHECK(read_once(*borrowed, loop) == "hello");
        CHECK((::fcntl(ends.read_end.get(), F_GETFL) & O_NONBLOCK) == 0);
    }
    CHECK(::fcntl(ends.read_end.get(), F_GETFD) >= 0);
}

TEST_CASE("io: a borrowed socket has its flags back afterwards")
{
    asio::io_context loop;
    std::array<int, 2> raw{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, raw.data()) == 0);
    base::unique_fd const ours(raw[0]);
    base::unique_fd const theirs(raw[1]);
    {
        auto borrowed = io::borrowed_stream::open(loop.get_executor(), ours.get(), io::direction::read);
        REQUIRE(borrowed.has_value());
        REQUIRE(::write(theirs.get(), "x", 1) == 1);
        CHECK(read_once(*borrowed, loop) == "x");
    }
    CHECK((::fcntl(ours.get(), F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE("io: a regular file is read to its end, which epoll alone cannot do")
{
    asio::io_context loop;
    base::unique_fd const file(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    REQUIRE(::write(file.get(), "abc", 3) == 3);
    REQUIRE(::lseek(file.get(), 0, SEEK_SET) == 0);
    auto borrowed = io::borrowed_stream::open(loop.get_executor(), file.get(), io::direction::read);
    REQUIRE(borrowed.has_value());

    CHECK(read_once(*borrowed, loop) == "abc");
    CHECK(read_once(*borrowed, loop) == "End of file");
}

TEST_CASE("io: a closed descriptor is refused by its number")
{
    asio::io_context loop;

    auto const borrowed = io::borrowed_stream::open(loop.get_executor(), 1000, io::direction::read);

    REQUIRE_FALSE(borrowed.has_value());
    CHECK(borrowed.error().message() == "cannot use descriptor 1000: Bad file descriptor");
}

}  // namespace
