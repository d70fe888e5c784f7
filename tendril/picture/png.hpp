#pragma once

/// @file
/// A picture as a PNG file. Layer: picture. Spec: ISO/IEC 15948 (PNG), truecolour of 8 bits.

#include <tendril/picture/canvas.hpp>

#include <string>

namespace tendril::picture {

/// The bytes of the file. The same picture gives the same bytes.
/// Errors: std::bad_alloc when there is no memory for it.
[[nodiscard]] std::string to_png(canvas const& from);

}  // namespace tendril::picture
