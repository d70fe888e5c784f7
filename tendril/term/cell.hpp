#pragma once

/// @file
/// One cell of the grid in 16 bytes. Layer: term. Design: docs/layers/term.md, "Cells".

#include <tendril/term/rendition.hpp>

#include <cstdint>

namespace tendril::term {

/// What a cell shows: nothing, a character, or a cluster of several code points by its number in the
/// terminal's cluster table; and whether it is one half of a wide pair.
class glyph {
public:
    enum class role : std::uint8_t { narrow, wide, tail };

    constexpr glyph() = default;  ///< nothing was ever written here

    [[nodiscard]] static constexpr glyph character(char32_t scalar, role as = role::narrow) noexcept
    {
        return glyph(static_cast<std::uint32_t>(scalar) | static_cast<std::uint32_t>(as) << role_shift);
    }
    [[nodiscard]] static constexpr glyph cluster(std::uint32_t number, role as) noexcept
    {
        return glyph(number | cluster_bit | static_cast<std::uint32_t>(as) << role_shift);
    }
    [[nodiscard]] static constexpr glyph tail() noexcept
    {
        return glyph(static_cast<std::uint32_t>(role::tail) << role_shift);
    }

    [[nodiscard]] constexpr role part() const noexcept { return static_cast<role>(bits_ >> role_shift); }
    [[nodiscard]] constexpr bool is_blank() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr bool is_cluster() const noexcept { return (bits_ & cluster_bit) != 0; }

    /// The code point, or the cluster's number.
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return bits_ & value_mask; }

    [[nodiscard]] constexpr glyph with(role as) const noexcept
    {
        return glyph((bits_ & ~(3u << role_shift)) | static_cast<std::uint32_t>(as) << role_shift);
    }

    /// The glyph as one number, and back.
    [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
    [[nodiscard]] static constexpr glyph from_bits(std::uint32_t bits) noexcept { return glyph(bits); }

    bool operator==(glyph const&) const = default;

private:
    static constexpr int role_shift = 22;
    static constexpr std::uint32_t cluster_bit = 1u << 21;  // U+10FFFF needs the 21 bits below
    static constexpr std::uint32_t value_mask = cluster_bit - 1;

    explicit constexpr glyph(std::uint32_t bits) noexcept : bits_(bits) {}

    std::uint32_t bits_ = 0;
};

/// One cell. A wide character's cell is followed by its tail, which repeats its rendition.
struct cell {
    rendition style;
    glyph shown;
    std::uint32_t decoration = 0;  ///< number in the terminal's decoration table; 0: none

    bool operator==(cell const&) const = default;
};

static_assert(sizeof(cell) == 16);

}  // namespace tendril::term
