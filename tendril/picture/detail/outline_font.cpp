#include <tendril/picture/detail/outline_font.hpp>
#include <tendril/picture/detail/unpack.hpp>
#include <tendril/picture/screen.hpp>

#include <cmath>
#include <memory>
#include <span>

namespace tendril::picture::detail {

namespace {

constexpr double baseline = 12.75;  // of 16: room for ascent and descent of DejaVu Sans Mono, 0.93 to 0.24
constexpr double slant = 0.2;       // about 11 degrees
constexpr float flatness = 0.35F;   // of curves, in pixels: stb_truetype's own choice

void lean(std::span<stbtt_vertex> outline) noexcept
{
    auto const leaned = [](int x, int y) { return static_cast<short>(std::lround(x + slant * y)); };
    for (auto& each : outline) {
        each.x = leaned(each.x, each.y);
        each.cx = leaned(each.cx, each.cy);
        each.cx1 = leaned(each.cx1, each.cy1);
    }
}

}  // namespace

outline_font::outline_font(packed_bytes const& file) : file_(unpacked(file))
{
    stbtt_InitFont(&font_, file_.data(), 0);
    stbtt_GetCodepointHMetrics(&font_, 'M', &advance_, nullptr);
}

std::optional<mask> outline_font::draw(char32_t character, int columns, look const& as) const
{
    auto const glyph = stbtt_FindGlyphIndex(&font_, static_cast<int>(character));
    if (glyph == 0)
        return std::nullopt;
    stbtt_vertex* vertices = nullptr;
    auto const count = stbtt_GetGlyphShape(&font_, glyph, &vertices);
    auto const free_vertices = [this](stbtt_vertex* all) { stbtt_FreeShape(&font_, all); };
    std::unique_ptr<stbtt_vertex, decltype(free_vertices)> const owner(vertices, free_vertices);
    if (count == 0)
        return mask{};
    if (as.italic)
        lean({vertices, static_cast<std::size_t>(count)});

    auto const unit = static_cast<float>(cell_width) / static_cast<float>(advance_);
    auto const scale_x = unit * static_cast<float>(as.scale_x);
    auto const scale_y = unit * static_cast<float>(as.scale_y);
    auto const x = (columns - 1) * cell_width * as.scale_x / 2;
    auto const y = static_cast<int>(std::floor(baseline * as.scale_y));
    auto const width = (columns + 1) * cell_width * as.scale_x;
    auto const height = cell_height * as.scale_y;
    // Half a cell on both sides, for what leans or reaches out.
    auto const margin = cell_width * as.scale_x / 2;
    mask made{.left = -margin, .top = 0, .width = width, .coverage = {}};
    made.coverage.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    stbtt__bitmap target{width, height, width, made.coverage.data()};
    stbtt_Rasterize(&target, flatness, vertices, count, scale_x, scale_y, 0, 0, -(x + margin), -y, 1,
                    nullptr);
    return made;
}

}  // namespace tendril::picture::detail
