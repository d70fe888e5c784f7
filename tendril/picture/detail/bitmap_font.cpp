#include <tendril/picture/detail/bitmap_font.hpp>
#include <tendril/picture/detail/font_data.hpp>
#include <tendril/picture/detail/unpack.hpp>
#include <tendril/picture/screen.hpp>

#include <algorithm>
#include <numeric>
#include <span>

namespace tendril::picture::detail {

namespace {

/// A glyph's pixels: columns of 8, each 16 bytes.
class pixels {
public:
    explicit pixels(std::span<std::uint8_t const> columns) : columns_(columns) {}

    [[nodiscard]] int width() const noexcept
    {
        return static_cast<int>(columns_.size()) / bitmap_rows * cell_width;
    }
    [[nodiscard]] bool is_set(int x, int y) const noexcept
    {
        return x >= 0 && x < width() &&
               (columns_[static_cast<std::size_t>(x / cell_width * bitmap_rows + y)] >> (7 - x % cell_width) &
                1) != 0;
    }

private:
    std::span<std::uint8_t const> columns_;
};

/// The glyph's bytes in an unpacked page; empty if there is none.
std::span<std::uint8_t const> glyph_in(std::span<std::uint8_t const> page, std::size_t index)
{
    auto const kinds = page.first(page_length);
    auto const before =
        std::accumulate(kinds.begin(), kinds.begin() + static_cast<std::ptrdiff_t>(index), std::size_t{0},
                        [](std::size_t sum, int each) { return sum + static_cast<std::size_t>(each); });
    return page.subspan(page_length + before * bitmap_rows, std::size_t{kinds[index]} * bitmap_rows);
}

}  // namespace

std::optional<mask> bitmap_font::draw(char32_t character, int columns, look const& as)
{
    auto const first = character - character % page_length;
    auto const all = bitmap_pages();
    auto const found = std::ranges::lower_bound(all, first, {}, &bitmap_page::first);
    if (found == all.end() || found->first != first)
        return std::nullopt;
    auto const page = pages_.try_emplace(first);
    if (page.second)
        page.first->second = unpacked(found->content);
    pixels const glyph(glyph_in(page.first->second, character - first));
    if (glyph.width() == 0)
        return std::nullopt;

    auto const room = columns * cell_width;
    auto const squeeze = glyph.width() > room ? 2 : 1;
    auto const indent = std::max(0, (room - glyph.width()) / 2);
    auto const margin = cell_width / 2;
    auto const width = (room + 2 * margin) * as.scale_x;
    mask made{.left = -margin * as.scale_x, .top = 0, .width = width, .coverage = {}};
    for (int y = 0; y < bitmap_rows; ++y) {
        auto const lean = as.italic ? (bitmap_rows - 4 - y) / 5 : 0;
        std::vector<std::uint8_t> line;
        line.reserve(static_cast<std::size_t>(width));
        for (int x = 0; x < room + 2 * margin; ++x) {
            auto const from = (x - margin - indent - lean) * squeeze;
            auto const is_inked = [&](int at) {
                return glyph.is_set(at, y) || (squeeze == 2 && glyph.is_set(at + 1, y));
            };
            auto const inked = is_inked(from) || (as.bold && is_inked(from - squeeze));
            line.insert(line.end(), static_cast<std::size_t>(as.scale_x), inked ? 255 : 0);
        }
        for (int i = 0; i < as.scale_y; ++i)
            made.coverage.insert(made.coverage.end(), line.begin(), line.end());
    }
    return made;
}

}  // namespace tendril::picture::detail
