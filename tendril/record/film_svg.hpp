#pragma once

/// @file
/// A recording as an SVG picture that moves by itself: no script, no font, nothing loaded from elsewhere.
/// Layer: record (base, term). Spec: SVG 1.1, CSS Animations Level 1; parity L08.

#include <tendril/record/timeline.hpp>
#include <tendril/term/svg.hpp>

#include <string>

namespace tendril::record {

/// How long the last frame stays before the film begins again.
inline constexpr moment film_hold = std::chrono::seconds(3);

/// Draws @p film. Where nothing is animated - a printed page, a viewer that asks for reduced motion - the
/// last frame is what is seen.
///
/// A line of the screen is drawn once for all frames in which it is the same, and shown and hidden by a CSS
/// animation; so the size grows with what changes, not with the number of frames.
[[nodiscard]] std::string film_svg(animation const& film, term::svg_options const& options);

}  // namespace tendril::record
