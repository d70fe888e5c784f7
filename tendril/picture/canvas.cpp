#include <tendril/picture/canvas.hpp>

#include <algorithm>

namespace tendril::picture {

namespace {

constexpr std::size_t bytes_a_pixel = 3;

std::size_t offset_of(int x, int y, int width) noexcept
{
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
           bytes_a_pixel;
}

}  // namespace

area area::common(area const& other) const noexcept
{
    return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
            std::min(bottom, other.bottom)};
}

canvas::canvas(int width, int height, term::rgb ground)
    : width_(width), height_(height), clip_{0, 0, width, height}, bytes_(offset_of(0, height, width))
{
    fill(clip_, ground);
}

term::rgb canvas::at(int x, int y) const noexcept
{
    auto const from = offset_of(x, y, width_);
    return {bytes_[from], bytes_[from + 1], bytes_[from + 2]};
}

void canvas::clip(area const& to) noexcept
{
    clip_ = to.common({0, 0, width_, height_});
}

void canvas::fill(area const& what, term::rgb color)
{
    auto const part = what.common(clip_);
    for (int y = part.top; y < part.bottom; ++y)
        for (int x = part.left; x < part.right; ++x) {
            auto const to = offset_of(x, y, width_);
            bytes_[to] = color.red;
            bytes_[to + 1] = color.green;
            bytes_[to + 2] = color.blue;
        }
}

void canvas::blend(area const& what, term::rgb color, std::uint8_t coverage)
{
    auto const part = what.common(clip_);
    for (int y = part.top; y < part.bottom; ++y)
        for (int x = part.left; x < part.right; ++x)
            blend_pixel(offset_of(x, y, width_), color, coverage);
}

void canvas::blend(mask const& what, int x, int y, term::rgb color)
{
    if (what.width == 0)
        return;
    auto const rows = static_cast<int>(what.coverage.size()) / what.width;
    auto const left = x + what.left;
    auto const top = y + what.top;
    auto const part = area{left, top, left + what.width, top + rows}.common(clip_);
    for (int row = part.top; row < part.bottom; ++row) {
        auto const* const coverage = &what.coverage[static_cast<std::size_t>((row - top) * what.width)];
        for (int column = part.left; column < part.right; ++column)
            if (auto const covered = coverage[column - left]; covered != 0)  // a letter is mostly not there
                blend_pixel(offset_of(column, row, width_), color, covered);
    }
}

void canvas::blend_pixel(std::size_t offset, term::rgb color, int coverage) noexcept
{
    auto const mix = [&](std::uint8_t& to, int with) {
        to = static_cast<std::uint8_t>((to * (255 - coverage) + with * coverage + 127) / 255);
    };
    mix(bytes_[offset], color.red);
    mix(bytes_[offset + 1], color.green);
    mix(bytes_[offset + 2], color.blue);
}

}  // namespace tendril::picture
