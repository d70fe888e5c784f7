#pragma once

/// @file
/// From what an eye sees to what a screen is sent, for the screen that Xlib assumes where nobody measured
/// another. Layer: term. Spec: XcmsCCCOfColormap(3) and its kin; CIE 15; the TekHVC space of Tektronix. Pure
/// functions, for any numbers; nothing throws.

#include <tendril/term/color.hpp>

#include <array>
#include <optional>

namespace tendril::term::detail {

/// X, Y, Z of CIE 1931 with Y from 0 to 1, or the intensities of red, green and blue from 0 to 1.
using triple = std::array<double, 3>;

/// CIE 1976: u', v' and luminance from 0 to 1.
struct chromaticity {
    double u, v, y;
};

/// Hue in degrees from best red, value from 0 to 100, chroma.
struct tek_hvc {
    double hue, value, chroma;
};

/// Below this luminance CIE's lightness, a cube root else, is a line.
constexpr double line_below = 0.008856;

/// The screen's white, X, Y, Z and as a chromaticity.
[[nodiscard]] triple white_xyz() noexcept;
[[nodiscard]] chromaticity white() noexcept;

/// The luminance for CIE's lightness, from 0 to 100.
[[nodiscard]] double luminance_of(double lightness) noexcept;

/// X, Y, Z of other descriptions. Where one of them says nothing (division by 0) it is taken for white.
[[nodiscard]] triple xyz_from_xyy(double x, double y, double luminance) noexcept;
[[nodiscard]] triple xyz_from_uvy(chromaticity of) noexcept;
[[nodiscard]] triple xyz_from_hvc(tek_hvc const& of) noexcept;

/// What the screen is sent for intensities; what lies beyond 0 and 1 is cut.
[[nodiscard]] rgb shown_intensities(triple const& intensities) noexcept;

/// What the screen is sent for X, Y, Z. A colour that it cannot show loses chroma until it can, at its hue
/// and value. Empty for numbers too large to calculate with.
[[nodiscard]] std::optional<rgb> shown_xyz(triple const& xyz) noexcept;

}  // namespace tendril::term::detail
