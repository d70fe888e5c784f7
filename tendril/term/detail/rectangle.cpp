#include <tendril/term/detail/rectangle.hpp>

#include <algorithm>
#include <vector>

namespace tendril::term::detail {

std::optional<rectangle> rectangle_at(state const& s, numbers n, std::size_t first)
{
    auto const origin = s.is(mode::origin);
    auto const row = origin ? s.region.top : 0;
    auto const column = origin ? s.region.left : 0;
    auto const last_row = origin ? s.region.bottom : s.rows - 1;
    auto const last_column = origin ? s.region.right : s.columns - 1;
    rectangle const area{row + n.at_or(first, 1) - 1, column + n.at_or(first + 1, 1) - 1,
                         std::min(row + n.at_or(first + 2, s.rows) - 1, last_row),
                         std::min(column + n.at_or(first + 3, s.columns) - 1, last_column)};
    if (area.top > area.bottom || area.left > area.right)
        return std::nullopt;
    return area;
}

namespace {

/// Calls @p edit with the rendition of every cell of @p area: of the rectangle, or, unless DECSACE says so,
/// of the stretch of text that runs from its first corner over whole lines to its last one.
///
/// Cells that were never written have no attributes to change in a stretch; in a rectangle they become
/// blanks.
template <typename Edit>
void restyle(state& s, rectangle const& area, Edit&& edit)
{
    auto const stretch = !s.chosen.rectangles_only;
    auto const first = s.is(mode::origin) ? s.region.left : 0;
    auto const last = s.is(mode::origin) ? s.region.right : s.columns - 1;
    for (int y = area.top; y <= area.bottom; ++y) {
        auto const from = stretch && y > area.top ? first : area.left;
        auto const to = stretch && y < area.bottom ? last : area.right;
        for (int x = from; x <= to; ++x) {
            auto what = s.lines()[y].at(x);
            if (what.shown.part() == glyph::role::tail)
                continue;
            if (what.shown.is_blank()) {
                if (stretch)
                    continue;
                what.shown = glyph::character(U' ');
            }
            edit(what.style);
            s.lines()[y].amend(x, what);
        }
    }
}

void change_attribute(rendition& style, int number)
{
    switch (number) {
    case 0:
        style.clear(attribute::bold);
        style.clear(attribute::blink);
        style.clear(attribute::reverse);
        style.set_line(underline::none);
        break;
    case 1:
        style.set(attribute::bold);
        break;
    case 4:
        style.set_line(underline::single);
        break;
    case 5:
        style.set(attribute::blink);
        break;
    case 7:
        style.set(attribute::reverse);
        break;
    case 22:
        style.clear(attribute::bold);
        break;
    case 24:
        style.set_line(underline::none);
        break;
    case 25:
        style.clear(attribute::blink);
        break;
    case 27:
        style.clear(attribute::reverse);
        break;
    default:
        break;
    }
}

void reverse_attribute(rendition& style, int number)
{
    auto const underlined = [&] {
        style.set_line(style.line() == underline::none ? underline::single : underline::none);
    };
    if (number == 0 || number == 1)
        style.flip(attribute::bold);
    if (number == 0 || number == 4)
        underlined();
    if (number == 0 || number == 5)
        style.flip(attribute::blink);
    if (number == 0 || number == 7)
        style.flip(attribute::reverse);
}

}  // namespace

void deccra(state& s, numbers n)
{
    auto const from = rectangle_at(s, n, 0);
    auto const origin = s.is(mode::origin);
    auto const to_row = n.at_or(5, 1) - 1 + (origin ? s.region.top : 0);
    auto const to_column = n.at_or(6, 1) - 1 + (origin ? s.region.left : 0);
    auto const end_row = origin ? s.region.bottom + 1 : s.rows;
    auto const end_column = origin ? s.region.right + 1 : s.columns;
    if (!from || to_row >= end_row || to_column >= end_column)
        return;
    auto const height = std::min(from->bottom - from->top + 1, end_row - to_row);
    auto const width = std::min(from->right - from->left + 1, end_column - to_column);
    std::vector<row> taken;
    taken.reserve(static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y)
        taken.push_back(s.lines()[from->top + y]);
    for (int y = 0; y < height; ++y)
        s.lines()[to_row + y].copy(taken[static_cast<std::size_t>(y)], from->left, from->left + width,
                                   to_column);
}

void decfra(state& s, numbers n)
{
    auto const area = rectangle_at(s, n, 1);
    auto const graphic = (n[0] >= 32 && n[0] <= 126) || (n[0] >= 160 && n[0] <= 255);
    if (!area || !graphic)
        return;
    auto const shown = glyph::character(static_cast<char32_t>(n[0]));
    for (int y = area->top; y <= area->bottom; ++y)
        for (int x = area->left; x <= area->right; ++x)
            s.lines()[y].put(x, {s.at.pen.style, shown, s.at.pen.decoration});
}

void decera(state& s, numbers n, erasure which)
{
    auto const area = rectangle_at(s, n, 0);
    if (!area)
        return;
    if (s.chosen.guard == protection::iso)  // DECSERA knows DECSCA only
        which = erasure::all;
    for (int y = area->top; y <= area->bottom; ++y) {
        auto& line = s.lines()[y];
        if (which == erasure::all) {
            line.erase(area->left, area->right + 1, s.columns, s.blank_style());
            continue;
        }
        for (int x = area->left; x <= area->right; ++x)
            if (!line.at(x).style.has(attribute::guarded))
                line.erase(x, x + 1, s.columns, s.blank_style());
    }
}

void deccara(state& s, numbers n)
{
    auto const area = rectangle_at(s, n, 0);
    if (!area)
        return;
    restyle(s, *area, [&](rendition& style) {
        if (n.size() <= 4)
            change_attribute(style, 0);
        for (std::size_t i = 4; i < n.size(); ++i)
            change_attribute(style, n[i]);
    });
}

void decrara(state& s, numbers n)
{
    auto const area = rectangle_at(s, n, 0);
    if (!area)
        return;
    restyle(s, *area, [&](rendition& style) {
        if (n.size() <= 4)
            reverse_attribute(style, 0);
        for (std::size_t i = 4; i < n.size(); ++i)
            reverse_attribute(style, n[i]);
    });
}

void decsace(state& s, numbers n)
{
    if (n[0] <= 2)
        s.chosen.rectangles_only = n[0] == 2;
}

}  // namespace tendril::term::detail
