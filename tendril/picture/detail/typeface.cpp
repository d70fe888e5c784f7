#include <tendril/picture/detail/bitmap_font.hpp>
#include <tendril/picture/detail/font_data.hpp>
#include <tendril/picture/detail/outline_font.hpp>
#include <tendril/picture/detail/typeface.hpp>
#include <tendril/picture/screen.hpp>

#include <optional>
#include <utility>

namespace tendril::picture::detail {

namespace {

/// What is drawn for a character that no font has: the outline of a box.
mask missing(int columns, look const& as)
{
    auto const width = columns * cell_width * as.scale_x;
    auto const height = cell_height * as.scale_y;
    mask made{.left = 0, .top = 0, .width = width, .coverage = {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            auto const from_left = x / as.scale_x;
            auto const from_right = (width - 1 - x) / as.scale_x;
            auto const row = y / as.scale_y;
            auto const inside = from_left >= 1 && from_right >= 1 && row >= 3 && row <= 12;
            auto const edge = from_left == 1 || from_right == 1 || row == 3 || row == 12;
            made.coverage.push_back(inside && edge ? 255 : 0);
        }
    return made;
}

}  // namespace

typeface::typeface() = default;
typeface::~typeface() = default;

mask const& typeface::of(char32_t character, int columns, look const& as)
{
    auto const [entry, is_new] = known_.try_emplace({character, columns, as});
    if (is_new)
        entry->second = draw(character, columns, as);
    return entry->second;
}

outline_font& typeface::outlines(bool bold)
{
    auto& font = bold ? bold_ : regular_;
    if (!font)
        font = std::make_unique<outline_font>(bold ? bold_outlines() : regular_outlines());
    return *font;
}

/// Wide characters are better in the bitmap font, which drew them for two cells.
mask typeface::draw(char32_t character, int columns, look const& as)
{
    std::optional<mask> made;
    if (columns == 1)
        made = outlines(as.bold).draw(character, columns, as);
    if (!made && columns == 1 && as.bold) {
        made = outlines(false).draw(character, columns, as);
    }
    if (!bitmaps_)
        bitmaps_ = std::make_unique<bitmap_font>();
    if (!made)
        made = bitmaps_->draw(character, columns, as);
    if (!made && columns > 1)
        made = outlines(as.bold).draw(character, columns, as);
    return made ? *std::move(made) : missing(columns, as);
}

}  // namespace tendril::picture::detail
