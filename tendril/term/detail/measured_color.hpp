#pragma once

/// @file
/// Colours by what an eye sees instead of what a screen is sent. Layer: term. Spec: XcmsStoreColor(3),
/// "Device-Independent Color Spaces"; CIE 15; the TekHVC space of Tektronix.

#include <tendril/term/color.hpp>

#include <optional>
#include <string_view>

namespace tendril::term::detail {

/// Reads "rgbi:r/g/b", "CIEXYZ:x/y/z", "CIEuvY:u/v/y", "CIExyY:x/y/y", "CIELab:l/a/b", "CIELuv:l/u/v" or
/// "TekHVC:h/v/c"; the case of the prefix does not count. The screen is the one that Xlib assumes where
/// nobody measured another; a colour that it cannot show loses chroma until it can, at its hue and value.
/// Empty for anything else and for numbers out of range.
[[nodiscard]] std::optional<rgb> parse_measured_color(std::string_view text);

}  // namespace tendril::term::detail
