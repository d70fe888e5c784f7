#pragma once

/// @file
/// Where the rectangular area operations apply.
/// Layer: term. Spec: VT420 and VT510 manuals, DECCRA and its relatives.

#include <tendril/term/detail/controls.hpp>

#include <optional>

namespace tendril::term::detail {

/// Rows and columns, inclusive, from 0.
struct rectangle {
    int top;
    int left;
    int bottom;
    int right;
};

/// Reads Pt;Pl;Pb;Pr from number @p first on, relative to the origin and cut at the screen or, in origin
/// mode, at the margins. Empty when it is no rectangle.
[[nodiscard]] std::optional<rectangle> rectangle_at(state const& s, numbers n, std::size_t first);

}  // namespace tendril::term::detail
