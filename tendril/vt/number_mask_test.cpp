#include <tendril/vt/detail/number_mask.hpp>

#include <array>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::vt::detail;

TEST_CASE("T01: the vector mask of numbers says the same as the portable one for every byte at every place")
{
    std::array<std::uint8_t, number_mask_width> bytes;
    bytes.fill('7');
    for (auto& place : bytes) {
        for (int value = 0; value < 256; ++value) {
            place = static_cast<std::uint8_t>(value);
            REQUIRE(number_mask_of(bytes.data()) == number_mask_portable(bytes.data()));
        }
        place = '7';
    }
    CHECK(number_mask_of(bytes.data()) == number_mask{});
}

TEST_CASE("T01: a short number is read as it is written, whatever comes behind it")
{
    for (int value = 0; value < 10'000; ++value) {
        auto const digits = std::to_string(value);
        for (auto const* const behind : {";12345", "m\xFF\xFF\xFF", "::::;", "99999"}) {
            auto const text = digits + behind;
            REQUIRE(short_number_at(reinterpret_cast<std::uint8_t const*>(text.data()),
                                    static_cast<int>(digits.size())) == value);
        }
    }
    CHECK(short_number_at(reinterpret_cast<std::uint8_t const*>(";;;;"), 0) == 0);
}

}  // namespace
