#include <tendril/picture/detail/line_painter.hpp>
#include <tendril/picture/detail/polygon.hpp>
#include <tendril/picture/screen.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/shapes.hpp>
#include <tendril/term/width.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include <utf8proc.h>

namespace tendril::picture::detail {

namespace {

// Rows of a cell of 16 that lines beside the text take.
constexpr int overline_row = 0;
constexpr int strike_row = 9;
constexpr int underline_row = 14;

std::vector<char32_t> characters_of(std::string_view text)
{
    std::vector<char32_t> made;
    vt::utf8_decoder decoder;
    for (auto const byte : text)
        if (decoder.push(static_cast<std::uint8_t>(byte)) != vt::utf8_decoder::outcome::need_more)
            made.push_back(decoder.scalar());
    return made;
}

/// A cluster with marks composed where there is a character for both, and without what is not to be seen.
std::vector<char32_t> drawn_characters(std::string_view cluster)
{
    utf8proc_uint8_t* composed = nullptr;
    auto const size =
        utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(cluster.data()),
                     static_cast<utf8proc_ssize_t>(cluster.size()), &composed,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE));
    auto const release = [](void* memory) { std::free(memory); };
    std::unique_ptr<utf8proc_uint8_t, decltype(release)> const owner(composed, release);
    if (size <= 0)
        return characters_of(cluster);
    return characters_of({reinterpret_cast<char const*>(composed), static_cast<std::size_t>(size)});
}

/// Whether @p later is a part of an emoji that its first character stands for: the picture has no colours
/// for a skin and no families.
bool is_swallowed(char32_t later) noexcept
{
    return (later >= 0x1F3FB && later <= 0x1F3FF) ||
           term::traits_of(later).kind == term::break_class::pictographic;
}

}  // namespace

line_painter::place line_painter::place_of(int row) const noexcept
{
    auto const top = row * cell_height * scale_;
    switch (of_.line(row).size()) {
    case term::line_size::single:
        break;
    case term::line_size::double_width:
        return {top, 2 * scale_, scale_};
    case term::line_size::double_height_top:
        return {top, 2 * scale_, 2 * scale_};
    case term::line_size::double_height_bottom:
        return {top - cell_height * scale_, 2 * scale_, 2 * scale_};
    }
    return {top, scale_, scale_};
}

area line_painter::cells(int column, int width) const noexcept
{
    auto const cell = cell_width * place_.scale_x;
    return {column * cell, place_.top, (column + width) * cell, place_.top + cell_height * place_.scale_y};
}

void line_painter::draw(int row, int cursor_column)
{
    place_ = place_of(row);
    auto const height = cell_height * scale_;
    to_.clip({0, row * height, to_.width(), (row + 1) * height});
    auto const runs = term::runs_of(of_, of_.line(row), cursor_column);
    for (auto const& each : runs) {
        auto const colors = term::paint_of(of_, each.style, each.decoration);
        if (!colors.plain_background)
            to_.fill(cells(each.column, each.width), colors.background);
        if (each.cursor)
            draw_cursor(each);
    }
    for (auto const& each : runs) {
        auto const colors = term::paint_of(of_, each.style, each.decoration);
        auto const covered = each.cursor && of_.cursor().shape == term::cursor_shape::block;
        draw_text(each, covered ? colors.background : colors.foreground);
        draw_lines(each, colors);
    }
}

void line_painter::draw_cursor(term::run const& under)
{
    auto where = cells(under.column, under.width);
    switch (of_.cursor().shape) {
    case term::cursor_shape::block:
        break;
    case term::cursor_shape::underline:
        where.top = where.bottom - 2 * place_.scale_y;
        break;
    case term::cursor_shape::bar:
        where.right = where.left + 2 * place_.scale_x;
        break;
    }
    to_.fill(where, of_.palette(term::dynamic_cursor));
}

void line_painter::draw_text(term::run const& each, term::rgb color)
{
    auto const letters = characters_of(each.text);
    if (each.wide || std::ssize(letters) != each.width) {
        draw_cluster(each.text, each, color);
        return;
    }
    auto column = each.column;
    for (auto const letter : letters)
        draw_character(letter, column++, 1, each.style, color);
}

void line_painter::draw_cluster(std::string_view text, term::run const& of, term::rgb color)
{
    auto const letters = drawn_characters(text);
    auto const is_flag = std::ranges::all_of(letters, term::is_regional_indicator);
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (is_flag && i < 2)
            draw_character(U'A' + (letters[i] - 0x1F1E6), of.column + static_cast<int>(i), 1, of.style,
                           color);
        else if (i == 0 || !is_swallowed(letters[i]))
            draw_character(letters[i], of.column, of.width, of.style, color);
}

void line_painter::draw_character(char32_t character, int column, int width, term::rendition style,
                                  term::rgb color)
{
    if (character == U' ' || character == 0xA0)
        return;
    if (width == 1 && term::has_shape(character)) {
        draw_shape(character, column, color);
        return;
    }
    auto const where = cells(column, width);
    look const as{.scale_x = place_.scale_x,
                  .scale_y = place_.scale_y,
                  .bold = style.has(term::attribute::bold),
                  .italic = style.has(term::attribute::italic)};
    to_.blend(letters_.of(character, width, as), where.left, where.top, color);
}

void line_painter::draw_shape(char32_t character, int column, term::rgb color)
{
    auto const where = cells(column, 1);
    auto const width = where.right - where.left;
    auto const height = where.bottom - where.top;
    auto const made = term::shape_of(character, {.width = static_cast<double>(width),
                                                 .height = static_cast<double>(height),
                                                 .stroke = static_cast<double>(place_.scale_y),
                                                 .edges = term::shape_edges::whole_units});
    auto const coverage = static_cast<std::uint8_t>(std::lround(made.opacity * 255));
    for (auto const& each : made.boxes)
        to_.blend({where.left + static_cast<int>(each.left), where.top + static_cast<int>(each.top),
                   where.left + static_cast<int>(each.right), where.top + static_cast<int>(each.bottom)},
                  color, coverage);
    for (auto const& each : made.polygons)
        to_.blend(polygon_mask(each, width, height), where.left, where.top, color);
}

void line_painter::draw_lines(term::run const& each, term::paint const& colors)
{
    auto const along = cells(each.column, each.width);
    switch (each.style.line()) {
    case term::underline::none:
        break;
    case term::underline::single:
        draw_stripe(along, underline_row, underline_row + 1, colors.line);
        break;
    case term::underline::doubled:
        draw_stripe(along, underline_row - 1, underline_row, colors.line);
        draw_stripe(along, underline_row + 1, underline_row + 2, colors.line);
        break;
    case term::underline::curly:
        draw_wave(along, colors.line);
        break;
    case term::underline::dotted:
        draw_dashes(along, 1, 2, colors.line);
        break;
    case term::underline::dashed:
        draw_dashes(along, 3, 4, colors.line);
        break;
    }
    if (each.style.has(term::attribute::strike))
        draw_stripe(along, strike_row, strike_row + 1, colors.foreground);
    if (each.style.has(term::attribute::overline))
        draw_stripe(along, overline_row, overline_row + 1, colors.foreground);
}

void line_painter::draw_stripe(area const& along, int top, int bottom, term::rgb color)
{
    to_.fill({along.left, along.top + top * place_.scale_y, along.right, along.top + bottom * place_.scale_y},
             color);
}

/// Both lengths are units; a cell is a whole number of periods wide, so that runs go on from each other.
void line_painter::draw_dashes(area const& along, int dash, int period, term::rgb color)
{
    for (auto x = along.left; x < along.right; x += period * place_.scale_x)
        draw_stripe({x, along.top, x + dash * place_.scale_x, along.bottom}, underline_row, underline_row + 1,
                    color);
}

/// A sine with one period a cell, as thick as a line.
void line_painter::draw_wave(area const& along, term::rgb color)
{
    auto const half = place_.scale_y / 2.0;
    auto const middle = along.top + (underline_row + 0.5) * place_.scale_y;
    for (auto x = along.left; x < along.right; ++x) {
        auto const turn = (x - along.left + 0.5) / (cell_width * place_.scale_x) * 2 * std::numbers::pi;
        auto const center = middle + std::sin(turn) * place_.scale_y;
        for (auto y = static_cast<int>(center - half) - 1; y <= static_cast<int>(center + half) + 1; ++y) {
            auto const covered =
                std::clamp(std::min(y + 1.0, center + half) - std::max<double>(y, center - half), 0.0, 1.0);
            to_.blend(area{x, y, x + 1, y + 1}, color, static_cast<std::uint8_t>(std::lround(covered * 255)));
        }
    }
}

}  // namespace tendril::picture::detail
