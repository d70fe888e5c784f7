#pragma once

/// @file
/// Characters that are pictures of lines and areas, as geometry: drawn so, neighbours meet whatever the font.
/// Layer: term. Spec: Unicode names of U+2500-259F, U+2800-28FF, U+1FB00-1FB3B; ADR 0017.

#include <cstdint>
#include <vector>

namespace tendril::term {

struct point {
    double x = 0;
    double y = 0;
};

/// An upright rectangle.
struct box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

/// Where edges of boxes may lie.
enum class shape_edges : std::uint8_t { exact, whole_units };

/// The cell that is drawn into; y grows downwards.
struct shape_cell {
    double width = 8;
    double height = 16;
    double stroke = 1;  ///< thickness of a light line; a heavy one has twice as much
    shape_edges edges = shape_edges::exact;
};

/// What is filled with the foreground, from the cell's upper left corner.
struct shape {
    std::vector<box> boxes;
    std::vector<std::vector<point>> polygons;  ///< closed, none crosses itself
    double opacity = 1;                        ///< below 1 for shades
};

/// Whether @p character has a shape: box drawing, block elements, braille, sextants, the scan lines of DEC's
/// graphics and the triangles that prompts are decorated with (U+E0B0 to U+E0B3).
[[nodiscard]] bool has_shape(char32_t character) noexcept;

/// The shape of @p character; empty if it has none.
[[nodiscard]] shape shape_of(char32_t character, shape_cell const& in);

}  // namespace tendril::term
