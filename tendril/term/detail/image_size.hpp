#pragma once

/// @file
/// How large a picture is, from its first bytes. Layer: term.
/// Spec: PNG (ISO/IEC 15948), GIF89a, JPEG (ITU-T T.81); DEC STD 070, sixel graphics.

#include <optional>
#include <string_view>

namespace tendril::term::detail {

/// Units: pixels; 0 when unknown.
struct pixel_size {
    int width = 0;
    int height = 0;
};

/// The size that a PNG, GIF or JPEG file says it has; empty for anything else or a size of 0.
[[nodiscard]] std::optional<pixel_size> size_of_picture(std::string_view file);

/// The size of a sixel image: its raster attributes, else what it paints.
[[nodiscard]] pixel_size size_of_sixels(std::string_view payload);

}  // namespace tendril::term::detail
