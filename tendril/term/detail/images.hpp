#pragma once

/// @file
/// What the image protocols share. Images are not decoded: they are measured, handed to the host as events,
/// and the cursor moves as if they were drawn. Layer: term. Spec: VT340 manual (sixel); kitty's graphics
/// protocol; iTerm2's inline images.

#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/image_size.hpp>

namespace tendril::term::detail {

/// Where the cursor is left.
enum class after_image : std::uint8_t {
    where_it_was,
    below_start,  ///< in the image's last row, under its first column
    behind_end    ///< in the image's last row, right of it
};

/// How many cells @p pixels need.
[[nodiscard]] int cells_for(int pixels, int cell) noexcept;
[[nodiscard]] grid_size cells_for(state const& s, pixel_size size) noexcept;

/// @p value where it fits a grid size.
[[nodiscard]] std::uint16_t bounded_side(int value) noexcept;

/// Scrolls so that the image fits if it can, moves the cursor, and tells the host.
void place_image(state& s, event image, after_image then);

/// Adds @p part to the image that arrives in pieces, unless it becomes too long.
void append_to_draft(state& s, std::string_view part);

}  // namespace tendril::term::detail
