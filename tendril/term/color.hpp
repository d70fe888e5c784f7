#pragma once

/// @file
/// A colour as a program names it: the default, a palette entry, or red, green and blue.
/// Layer: term. Spec: ISO 8613-6 (SGR 38, 48); xterm ctlseqs.

#include <cstdint>

namespace tendril::term {

/// Red, green and blue, 0 to 255.
struct rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(rgb const&) const = default;
};

/// One colour in 25 bits: bit 24 marks red-green-blue; below it 0 is the default, n + 1 palette entry n.
class color {
public:
    static constexpr int bit_count = 25;

    constexpr color() = default;

    [[nodiscard]] static constexpr color palette(std::uint8_t index) noexcept { return color(index + 1u); }

    [[nodiscard]] static constexpr color direct(rgb value) noexcept
    {
        return color(direct_bit | static_cast<std::uint32_t>(value.red) << 16 |
                     static_cast<std::uint32_t>(value.green) << 8 | value.blue);
    }

    /// The colour that packed() gave. Bits above the 25 are ignored.
    [[nodiscard]] static constexpr color unpacked(std::uint32_t bits) noexcept
    {
        return color(bits & ((1u << bit_count) - 1));
    }

    [[nodiscard]] constexpr std::uint32_t packed() const noexcept { return bits_; }
    [[nodiscard]] constexpr bool is_default() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr bool is_direct() const noexcept { return (bits_ & direct_bit) != 0; }
    [[nodiscard]] constexpr bool is_palette() const noexcept { return !is_default() && !is_direct(); }

    /// Only for a palette colour.
    [[nodiscard]] constexpr std::uint8_t index() const noexcept
    {
        return static_cast<std::uint8_t>(bits_ - 1u);
    }

    /// Only for a direct colour.
    [[nodiscard]] constexpr rgb value() const noexcept
    {
        return {static_cast<std::uint8_t>(bits_ >> 16), static_cast<std::uint8_t>(bits_ >> 8),
                static_cast<std::uint8_t>(bits_)};
    }

    bool operator==(color const&) const = default;

private:
    static constexpr std::uint32_t direct_bit = 1u << 24;

    explicit constexpr color(std::uint32_t bits) noexcept : bits_(bits) {}

    std::uint32_t bits_ = 0;
};

}  // namespace tendril::term
