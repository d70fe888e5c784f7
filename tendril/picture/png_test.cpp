#include <tendril/picture/png.hpp>
#include <tendril/picture/testing/png_reader.hpp>

#include <algorithm>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

TEST_CASE("T04: a file holds every pixel as it was drawn, and is the same each time")
{
    picture::canvas drawn(37, 11, {1, 2, 3});
    for (int y = 0; y < 11; ++y)
        for (int x = 0; x < 37; ++x)
            drawn.fill({x, y, x + 1, y + 1},
                       {static_cast<std::uint8_t>(x * 7), static_cast<std::uint8_t>(y * 23),
                        static_cast<std::uint8_t>(x * y)});
    auto const file = picture::to_png(drawn);
    auto const read = picture::testing::read_png(file);

    CHECK(read.width == 37);
    CHECK(read.height == 11);
    CHECK(std::ranges::equal(read.bytes, drawn.bytes()));
    CHECK(picture::to_png(drawn) == file);
}

}  // namespace
