#pragma once

/// @file
/// Characters that are shapes, as paths instead of text. Layer: term. Spec: SVG 1.1; ADR 0017.

#include <tendril/term/color.hpp>
#include <tendril/term/runs.hpp>

#include <string>

namespace tendril::term::detail {

/// Takes the shapes out of @p from, of which blanks are left, and returns them as paths in @p fill; @p y is
/// the upper edge of the line. Boxes that touch are one, or hairlines show between them.
[[nodiscard]] std::string take_shapes(run& from, double y, rgb fill);

}  // namespace tendril::term::detail
