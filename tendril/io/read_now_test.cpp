#include <tendril/base/unique_fd.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/io/read_now.hpp>

#include <array>
#include <cstddef>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

// The kernel's race shows once in many thousand rounds and not on every machine: the rule itself is tested.
TEST_CASE("C04: an end of a terminal that comes ahead of its last bytes is not believed")
{
    int calls = 0;
    CHECK(io::read_past_early_end([&]() -> ssize_t {
              errno = EIO;
              return ++calls == 1 ? -1 : 2048;
          }) == 2048);
    CHECK(calls == 2);

    CHECK(io::read_past_early_end([&]() -> ssize_t {
              errno = EIO;
              return -1;
          }) == -1);

    calls = 0;
    CHECK(io::read_past_early_end([&]() -> ssize_t {
              ++calls;
              errno = EAGAIN;
              return -1;
          }) == -1);
    CHECK(calls == 1);
}

TEST_CASE("P07: a master gives what was written before its last slave was closed, then the end")
{
    base::unique_fd const master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK));
    REQUIRE(master);
    REQUIRE(::grantpt(master.get()) == 0);
    REQUIRE(::unlockpt(master.get()) == 0);
    base::unique_fd slave(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY));
    REQUIRE(slave);

    std::array<std::byte, 16> buffer;
    error_code why;
    CHECK(io::read_now(master.get(), buffer, why) == 0);
    CHECK(why == asio::error::would_block);
    REQUIRE(::write(slave.get(), "last", 4) == 4);
    slave.reset();
    CHECK(io::read_now(master.get(), buffer, why) == 4);
    CHECK_FALSE(why);
    CHECK(io::read_now(master.get(), buffer, why) == 0);
    CHECK(why == asio::error::eof);
}

}  // namespace
