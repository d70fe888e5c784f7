#pragma once

/// @file
/// Characters as masks: outlines where there are any, a bitmap font for all else.
/// Layer: picture. Design: ADR 0017.

#include <tendril/picture/canvas.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tendril::picture::detail {

class outline_font;
class bitmap_font;

/// How a character is to look.
struct look {
    int scale_x = 1;  ///< pixels of one unit: a cell is 8 by 16 units
    int scale_y = 1;
    bool bold = false;
    bool italic = false;

    auto operator<=>(look const&) const = default;
};

/// All that is needed to draw text. Masks are kept, fonts are unpacked when they are first needed.
class typeface {
public:
    typeface();
    typeface(typeface const&) = delete;
    typeface& operator=(typeface const&) = delete;
    ~typeface();

    /// One character of @p columns cells, relative to its cell's upper left corner. What no font has is an
    /// empty box. Lifetime: the typeface's.
    [[nodiscard]] mask const& of(char32_t character, int columns, look const& as);

private:
    struct key {
        char32_t character;
        int columns;
        look as;
        auto operator<=>(key const&) const = default;
    };

    [[nodiscard]] mask draw(char32_t character, int columns, look const& as);
    [[nodiscard]] outline_font& outlines(bool bold);

    std::unique_ptr<outline_font> regular_;
    std::unique_ptr<outline_font> bold_;
    std::unique_ptr<bitmap_font> bitmaps_;
    std::map<key, mask> known_;
};

}  // namespace tendril::picture::detail
