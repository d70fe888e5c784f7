#include <tendril/record/pace.hpp>

#include <doctest/doctest.h>

namespace {

using tendril::record::longest_recording;
using tendril::record::pace;
using namespace std::chrono_literals;

TEST_CASE("L07: at speed 1 waits are those of the recording, at speed 2 half of them")
{
    pace plain;
    pace twice(2);

    CHECK(plain.wait_until(3s) == 3s);
    CHECK(plain.wait_until(3s) == 0s);
    CHECK(plain.wait_until(4s) == 1s);
    CHECK(twice.wait_until(3s) == 1500ms);
}

TEST_CASE("L07: idle time is cut to its limit before the speed divides it")
{
    pace half(0.5, 2s);

    CHECK(half.wait_until(1s) == 2s);
    CHECK(half.wait_until(100s) == 4s);
    CHECK(half.wait_until(101s) == 2s);
}

TEST_CASE("L07: a tiny speed waits long, but not beyond what a clock can say")
{
    CHECK(pace(1e-300).wait_until(1s) == longest_recording);
}

}  // namespace
