#include <tendril/picture/detail/polygon.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tendril::picture::detail {

namespace {

constexpr int samples = 8;  // horizontal cuts through a row of pixels; along a cut coverage is exact

/// Where the horizontal line at @p y enters and leaves the outline, ascending.
std::vector<double> crossings(std::span<term::point const> outline, double y)
{
    std::vector<double> found;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        auto const& from = outline[i];
        auto const& to = outline[(i + 1) % outline.size()];
        if ((from.y <= y) != (to.y <= y))
            found.push_back(from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x));
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace

mask polygon_mask(std::span<term::point const> outline, int width, int height)
{
    mask made{.left = 0, .top = 0, .width = width, .coverage = {}};
    made.coverage.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::vector<double> row(static_cast<std::size_t>(width));
    for (int y = 0; y < height; ++y) {
        std::ranges::fill(row, 0);
        for (int cut = 0; cut < samples; ++cut) {
            auto const found = crossings(outline, y + (cut + 0.5) / samples);
            for (std::size_t i = 0; i + 1 < found.size(); i += 2) {
                auto const left = std::clamp(found[i], 0.0, static_cast<double>(width));
                auto const right = std::clamp(found[i + 1], 0.0, static_cast<double>(width));
                for (auto x = static_cast<int>(left); x < static_cast<int>(std::ceil(right)); ++x)
                    row[static_cast<std::size_t>(x)] += std::min(right, x + 1.0) - std::max<double>(left, x);
            }
        }
        for (auto const each : row)
            made.coverage.push_back(
                static_cast<std::uint8_t>(std::lround(std::min(each / samples, 1.0) * 255)));
    }
    return made;
}

}  // namespace tendril::picture::detail
