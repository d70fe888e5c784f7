#pragma once

/// @file
/// Unifont: nearly every character of the first plane, drawn by hand in 8 by 16 or 16 by 16 pixels.
/// Layer: picture (zlib).

#include <tendril/picture/canvas.hpp>
#include <tendril/picture/detail/typeface.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace tendril::picture::detail {

/// Pages are unpacked when they are first needed.
class bitmap_font {
public:
    /// The character in the middle of @p columns cells, squeezed if it is too wide; empty if the font lacks
    /// it.
    [[nodiscard]] std::optional<mask> draw(char32_t character, int columns, look const& as);

private:
    std::map<char32_t, std::vector<std::uint8_t>> pages_;
};

}  // namespace tendril::picture::detail
