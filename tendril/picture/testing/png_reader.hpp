#pragma once

/// @file
/// Reads the PNG files that tests look at: truecolour of 8 bits, not interlaced. Knows nothing of libpng.
/// Layer: picture, tests only (zlib). Spec: ISO/IEC 15948, sections 5, 9 and 10.

#include <tendril/term/color.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

namespace tendril::picture::testing {

/// A decoded picture.
struct pixels {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> bytes;

    [[nodiscard]] term::rgb at(std::size_t x, std::size_t y) const
    {
        auto const* const from = &bytes.at(3 * (y * width + x));
        return {from[0], from[1], from[2]};
    }
};

inline std::uint32_t big_endian(std::string_view four)
{
    std::uint32_t value = 0;
    for (auto const each : four.substr(0, 4))
        value = value << 8 | static_cast<std::uint8_t>(each);
    return value;
}

/// What a filter adds to a byte, from its neighbours to the left, above and above to the left.
inline int predicted(int filter, int left, int up, int corner)
{
    auto const guess = left + up - corner;
    auto const nearest = [&] {
        auto const a = std::abs(guess - left);
        auto const b = std::abs(guess - up);
        auto const c = std::abs(guess - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    };
    switch (filter) {
    case 0:
        return 0;
    case 1:
        return left;
    case 2:
        return up;
    case 3:
        return (left + up) / 2;
    case 4:
        return nearest();
    default:
        throw std::runtime_error("no such filter");
    }
}

/// Throws what is wrong with @p file.
inline pixels read_png(std::string_view file)
{
    constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
    if (!file.starts_with(signature))
        throw std::runtime_error("no PNG");
    pixels made;
    std::string packed;
    std::string_view name;
    for (file.remove_prefix(signature.size()); name != "IEND";) {
        if (file.size() < 12)
            throw std::runtime_error("cut short");
        auto const size = std::size_t{big_endian(file)};
        name = file.substr(4, 4);
        auto const content = file.substr(8, size);
        auto const sum = crc32(0, reinterpret_cast<Bytef const*>(name.data()), static_cast<uInt>(size + 4));
        if (sum != big_endian(file.substr(8 + size)))
            throw std::runtime_error("wrong checksum");
        if (name == "IHDR") {
            made.width = big_endian(content);
            made.height = big_endian(content.substr(4));
            if (content.substr(8) != std::string_view("\x08\x02\0\0\0", 5))
                throw std::runtime_error("not truecolour of 8 bits");
        } else if (name == "IDAT") {
            packed += content;
        }
        file.remove_prefix(12 + size);
    }
    auto const stride = 3 * made.width;
    std::vector<std::uint8_t> lines((stride + 1) * made.height);
    auto length = static_cast<uLongf>(lines.size());
    if (uncompress(lines.data(), &length, reinterpret_cast<Bytef const*>(packed.data()),
                   static_cast<uLong>(packed.size())) != Z_OK ||
        length != lines.size())
        throw std::runtime_error("wrong data");
    made.bytes.resize(stride * made.height);
    for (std::size_t y = 0; y < made.height; ++y)
        for (std::size_t x = 0; x < stride; ++x) {
            auto const before = [&](std::size_t dx, std::size_t dy) {
                return x < dx || y < dy ? 0 : int{made.bytes[(y - dy) * stride + x - dx]};
            };
            auto const* const line = &lines[y * (stride + 1)];
            made.bytes[y * stride + x] = static_cast<std::uint8_t>(
                line[1 + x] + predicted(line[0], before(3, 0), before(0, 1), before(3, 1)));
        }
    return made;
}

}  // namespace tendril::picture::testing
