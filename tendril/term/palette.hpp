#pragma once

/// @file
/// The colours behind the palette's numbers until a program changes them.
/// Layer: term. Spec: xterm's 256-colour cube and grey ramp.

#include <tendril/term/color.hpp>

namespace tendril::term {

/// Numbers that follow the 256 of the palette: what OSC 10 to 19 change.
inline constexpr int dynamic_foreground = 256;
inline constexpr int dynamic_background = 257;
inline constexpr int dynamic_cursor = 258;
inline constexpr int dynamic_color_count = 10;

/// And what OSC 5 changes: the colours of bold, underlined, blinking, reverse and italic text.
inline constexpr int first_special_color = dynamic_foreground + dynamic_color_count;
inline constexpr int special_color_count = 5;

/// Entry @p index of the palette: sixteen named colours, a 6x6x6 cube, 24 greys.
[[nodiscard]] rgb default_palette(std::uint8_t index) noexcept;

/// The default of any number above.
[[nodiscard]] rgb default_color(int number) noexcept;

}  // namespace tendril::term
