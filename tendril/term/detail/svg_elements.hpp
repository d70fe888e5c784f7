#pragma once

/// @file
/// The small parts that pictures in SVG consist of. Layer: term. Spec: SVG 1.1.

#include <tendril/term/color.hpp>
#include <tendril/term/svg.hpp>

#include <string>

namespace tendril::term::detail {

/// The shortest decimal with at most two places.
[[nodiscard]] std::string svg_number(double value);

[[nodiscard]] std::string svg_rectangle(double x, double y, double width, double height, rgb fill);

/// The left edge of a column, the upper edge of a row.
[[nodiscard]] constexpr double x_of(int column) noexcept
{
    return svg_metrics::cell_width * column;
}
[[nodiscard]] constexpr double y_of(int row) noexcept
{
    return svg_metrics::cell_height * row;
}

/// What text and ground are drawn in unless a cell says otherwise.
[[nodiscard]] rgb own_foreground(terminal const& of);
[[nodiscard]] rgb own_background(terminal const& of);

}  // namespace tendril::term::detail
