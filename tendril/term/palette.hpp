#pragma once

/// @file
/// The colours behind the palette's numbers until a program changes them.
/// Layer: term. Spec: xterm's 256-colour cube and grey ramp.

#include <tendril/term/color.hpp>

namespace tendril::term {

/// Numbers that follow the 256 of the palette: what OSC 10, 11 and 12 change.
inline constexpr int dynamic_foreground = 256;
inline constexpr int dynamic_background = 257;
inline constexpr int dynamic_cursor = 258;

/// Entry @p index of the palette: sixteen named colours, a 6x6x6 cube, 24 greys.
[[nodiscard]] rgb default_palette(std::uint8_t index) noexcept;

/// The default of one of the dynamic_ numbers.
[[nodiscard]] rgb default_dynamic_color(int number) noexcept;

}  // namespace tendril::term
