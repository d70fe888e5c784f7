#include <tendril/base/unique_fd.hpp>

#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using tendril::base::unique_fd;

bool is_open(int fd)
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

unique_fd open_null()
{
    return unique_fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
}

TEST_CASE("base: a descriptor is closed with its owner")
{
    int raw = -1;
    {
        auto const owner = open_null();
        raw = owner.get();
        REQUIRE(is_open(raw));
    }
    CHECK_FALSE(is_open(raw));
}

TEST_CASE("base: moving hands the descriptor over, assignment closes the old one")
{
    auto first = open_null();
    auto second = open_null();
    int const kept = first.get();
    int const dropped = second.get();

    second = std::move(first);

    CHECK(second.get() == kept);
    CHECK(is_open(kept));
    CHECK_FALSE(is_open(dropped));
}

}  // namespace
