#pragma once

/// @file
/// A terminal's screen as pixels, with fonts of its own. Layer: picture (base, term). Design: ADR 0017.

#include <tendril/picture/canvas.hpp>
#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <optional>

namespace tendril::picture {

/// Pixels of one cell at scale 1.
inline constexpr int cell_width = 8;
inline constexpr int cell_height = 16;

inline constexpr int largest_scale = 8;

/// How a screen is drawn.
struct screen_options {
    int scale = 2;  ///< 1 to largest_scale: how many times 8 by 16 pixels a cell has
    term::cursor_drawing cursor = term::cursor_drawing::shown;
};

/// The largest picture that is drawn, in pixels: 300 MB of them.
inline constexpr std::size_t most_pixels = 100'000'000;

/// Draws the screen, cells edge to edge and nothing around them. Empty beyond most_pixels or when the scale
/// is none.
[[nodiscard]] std::optional<canvas> draw_screen(term::terminal const& of, screen_options const& options = {});

}  // namespace tendril::picture
