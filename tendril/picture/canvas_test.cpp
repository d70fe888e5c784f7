#include <tendril/picture/canvas.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

constexpr term::rgb black{0, 0, 0};
constexpr term::rgb white{255, 255, 255};

TEST_CASE("T04: drawing stops at the clip and at the edges")
{
    picture::canvas to(4, 4, black);
    to.clip({1, 1, 9, 3});
    to.fill({-5, -5, 50, 50}, white);
    to.blend(picture::mask{.left = -1, .top = 0, .width = 2, .coverage = {255, 255}}, 0, 0, white);

    CHECK(to.at(1, 1) == white);
    CHECK(to.at(3, 2) == white);
    CHECK(to.at(0, 1) == black);
    CHECK(to.at(1, 0) == black);
    CHECK(to.at(1, 3) == black);
}

TEST_CASE("T04: a mask mixes as much as it covers")
{
    picture::canvas to(3, 1, black);
    to.blend(picture::mask{.left = 0, .top = 0, .width = 3, .coverage = {0, 128, 255}}, 0, 0, white);

    CHECK(to.at(0, 0) == black);
    CHECK(to.at(1, 0) == term::rgb{128, 128, 128});
    CHECK(to.at(2, 0) == white);
}

}  // namespace
