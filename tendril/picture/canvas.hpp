#pragma once

/// @file
/// Pixels that are drawn on. Layer: picture (term).

#include <tendril/term/color.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendril::picture {

/// A rectangle of pixels; the right and the lower edge are outside.
struct area {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    /// What both have; empty or turned around if that is nothing.
    [[nodiscard]] area common(area const& other) const noexcept;
};

/// How much of each pixel of a rectangle something covers: 0 to 255, row by row.
struct mask {
    int left = 0;  ///< of the first pixel, relative to where it is drawn
    int top = 0;
    int width = 0;
    std::vector<std::uint8_t> coverage;
};

/// An opaque picture of 8 bits a colour. Drawing beyond the clip changes nothing.
class canvas {
public:
    canvas(int width, int height, term::rgb ground);

    [[nodiscard]] int width() const noexcept { return width_; }
    [[nodiscard]] int height() const noexcept { return height_; }

    /// Red, green and blue of every pixel, row by row. Lifetime: the canvas's.
    [[nodiscard]] std::span<std::uint8_t const> bytes() const noexcept { return bytes_; }

    [[nodiscard]] term::rgb at(int x, int y) const noexcept;

    /// Where drawing has an effect from now on; at first everywhere.
    void clip(area const& to) noexcept;

    void fill(area const& what, term::rgb color);

    /// Mixes @p color into what is there; @p coverage of 255 replaces it.
    void blend(area const& what, term::rgb color, std::uint8_t coverage);
    void blend(mask const& what, int x, int y, term::rgb color);

private:
    void blend_pixel(std::size_t offset, term::rgb color, int coverage) noexcept;

    int width_;
    int height_;
    area clip_;
    std::vector<std::uint8_t> bytes_;
};

}  // namespace tendril::picture
