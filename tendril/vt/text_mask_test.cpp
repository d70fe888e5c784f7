#include <tendril/vt/detail/text_mask.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::vt::detail;

TEST_CASE("T01: the vector mask says the same as the portable one for every byte at every place")
{
    std::array<std::uint8_t, mask_width> bytes;
    bytes.fill('x');
    for (auto& place : bytes) {
        for (int value = 0; value < 256; ++value) {
            place = static_cast<std::uint8_t>(value);
            REQUIRE(text_mask(bytes.data()) == text_mask_portable(bytes.data()));
        }
        place = 'x';
    }
    CHECK(text_mask(bytes.data()) == 0);
}

TEST_CASE("T01: the scanner finds every byte that is no text, wherever the walk goes on")
{
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::uint8_t> bytes(random() % 300);
        for (auto& each : bytes)
            each = static_cast<std::uint8_t>(random() % 20 == 0 ? random() % 256 : 'a' + random() % 26);
        auto const* const end = bytes.data() + bytes.size();
        text_scanner scanner(bytes.data(), end);
        for (auto const* at = static_cast<std::uint8_t const*>(bytes.data()); at != end;) {
            auto const* const found = scanner.find(at);
            REQUIRE(found == std::find_if_not(at, end, is_ascii_text));
            REQUIRE(scanner.find(at + (found - at) / 2) == found);
            at = found + std::min<std::ptrdiff_t>(end - found, 1 + random() % 9);
        }
    }
}

}  // namespace
