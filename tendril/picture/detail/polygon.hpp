#pragma once

/// @file
/// A polygon as a mask with smooth edges. Layer: picture (term).

#include <tendril/picture/canvas.hpp>
#include <tendril/term/shapes.hpp>

#include <span>

namespace tendril::picture::detail {

/// Fills the closed @p outline, which does not cross itself, in a mask of @p width by @p height pixels.
[[nodiscard]] mask polygon_mask(std::span<term::point const> outline, int width, int height);

}  // namespace tendril::picture::detail
