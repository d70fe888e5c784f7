#include <tendril/vt/detail/utf8_block.hpp>
#include <tendril/vt/utf8.hpp>

#include <array>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::vt;
using namespace tendril::vt::detail;

/// The same by the decoder that takes byte by byte; it stops only at what decode_utf8() must not take.
std::vector<char32_t> decoded_slowly(std::string const& bytes)
{
    std::vector<char32_t> text;
    utf8_decoder decoder;
    for (auto const each : bytes) {
        auto const got = decoder.push(static_cast<std::uint8_t>(each));
        if (got == utf8_decoder::outcome::need_more)
            continue;
        auto const scalar = decoder.scalar();
        if (got != utf8_decoder::outcome::scalar || scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0))
            break;
        text.push_back(scalar);
    }
    return text;
}

utf8_progress decoded(std::string const& bytes, std::array<char32_t, utf8_mask_width>& into)
{
    // A copy of exactly that size, so that the sanitizers see a read beyond it.
    std::vector<std::uint8_t> const exact(bytes.begin(), bytes.end());
    return decode_utf8(exact.data(), static_cast<std::ptrdiff_t>(exact.size()), into.data());
}

TEST_CASE("T01: the vector mask of UTF-8 says the same as the portable one for every byte at every place")
{
    std::array<std::uint8_t, utf8_mask_width> bytes;
    bytes.fill('x');
    for (auto& place : bytes) {
        for (int value = 0; value < 256; ++value) {
            place = static_cast<std::uint8_t>(value);
            REQUIRE(utf8_mask_of(bytes.data()) == utf8_mask_portable(bytes.data()));
        }
        place = 'x';
    }
}

TEST_CASE("T01: a block of UTF-8 decodes to what its bytes decode to one by one, well-formed or not")
{
    std::mt19937 random(5);
    constexpr std::uint32_t edges[] = {0x20,  0x7E,   0x7F,   0x80,   0x9F,    0xA0,    0x7FF,
                                       0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    std::array<char32_t, utf8_mask_width> into;
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes;
        while (bytes.size() < 1 + random() % 160)
            append_utf8(bytes, static_cast<char32_t>(random() % 3 ? edges[random() % std::size(edges)]
                                                                  : 0x20 + random() % 0x3000));
        for (auto& each : bytes)
            if (random() % 40 == 0)
                each = static_cast<char>(random());
        auto const wanted = decoded_slowly(bytes);
        auto const got = decoded(bytes, into);
        REQUIRE(got.characters <= wanted.size());
        std::string taken;
        for (std::size_t i = 0; i < got.characters; ++i) {
            REQUIRE(into[i] == wanted[i]);
            append_utf8(taken, into[i]);
        }
        REQUIRE(taken == bytes.substr(0, got.bytes));
    }
}

TEST_CASE("T01: of well-formed characters beyond ASCII only the last of 64 bytes is left for the next block")
{
    std::array<char32_t, utf8_mask_width> into;
    for (char32_t const scalar : {U'é', U'中', U'😀'}) {
        std::string one;
        append_utf8(one, scalar);
        std::string bytes;
        for (int i = 0; i < 64; ++i)
            bytes += one;
        auto const got = decoded(bytes, into);
        CHECK(got.bytes == (64 - 1) / one.size() * one.size());
        CHECK(got.characters == got.bytes / one.size());
        CHECK(decoded(one, into).bytes == one.size());
    }
}

TEST_CASE("T01: a block ends before ASCII that is worth a call of its own")
{
    std::array<char32_t, utf8_mask_width> into;
    CHECK(decoded("é" + std::string(15, 'x') + "é", into).characters == 17);
    CHECK(decoded("é" + std::string(16, 'x') + "é", into).characters == 1);
}

}  // namespace
