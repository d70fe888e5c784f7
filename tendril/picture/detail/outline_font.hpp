#pragma once

/// @file
/// A TrueType font drawn in cells of one width. Layer: picture (stb).

#include <tendril/picture/canvas.hpp>
#include <tendril/picture/detail/font_data.hpp>
#include <tendril/picture/detail/typeface.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include <stb/stb_truetype.h>

namespace tendril::picture::detail {

/// A font from the program itself: files from elsewhere must not come here, stb_truetype trusts them.
class outline_font {
public:
    explicit outline_font(packed_bytes const& file);

    /// The character in the middle of @p columns cells; empty if the font lacks it.
    [[nodiscard]] std::optional<mask> draw(char32_t character, int columns, look const& as) const;

private:
    std::vector<std::uint8_t> file_;
    stbtt_fontinfo font_{};
    int advance_ = 1;  ///< of every character, in the font's units
};

}  // namespace tendril::picture::detail
