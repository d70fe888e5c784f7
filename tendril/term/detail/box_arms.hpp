#pragma once

/// @file
/// Box-drawing characters as four arms that meet in the middle of the cell.
/// Layer: term. Spec: Unicode names of U+2500-257F.

#include <tendril/term/shapes.hpp>

#include <cstdint>
#include <string_view>

namespace tendril::term::detail {

enum class arm : std::uint8_t { none, light, heavy, twofold };

/// How far each arm goes out from the middle, and in how many dashes.
struct box_arms {
    arm left = arm::none;
    arm right = arm::none;
    arm up = arm::none;
    arm down = arm::none;
    int dashes = 0;  ///< 0: unbroken

    bool operator==(box_arms const&) const = default;
};

/// The arms of @p character; all none for an arc, a diagonal, or what is not of U+2500 to U+257F.
[[nodiscard]] box_arms arms_of(char32_t character) noexcept;

/// Draws arms into @p to.
void draw_arms(box_arms const& arms, shape_cell const& in, shape& to);

}  // namespace tendril::term::detail
