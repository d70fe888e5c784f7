#include <tendril/term/detail/box_arms.hpp>
#include <tendril/term/shapes.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace tendril::term {

namespace {

constexpr double half_pi = std::numbers::pi / 2;
constexpr char32_t first_arc = 0x256D;
constexpr char32_t first_diagonal = 0x2571;
constexpr char32_t first_block = 0x2580;
constexpr char32_t first_shade = 0x2591;
constexpr char32_t first_quadrant = 0x2596;
constexpr char32_t first_braille = 0x2800;
constexpr char32_t first_triangle = 0xE0B0;
constexpr char32_t first_scan_line = 0x23BA;
constexpr char32_t first_sextant = 0x1FB00;

bool within(char32_t character, char32_t first, char32_t last) noexcept
{
    return character >= first && character <= last;
}

double snapped(double at, shape_cell const& in)
{
    return in.edges == shape_edges::whole_units ? std::floor(at + 0.5) : at;
}

double middle(double length, shape_cell const& in)
{
    auto const at = (length - in.stroke) / 2;
    return in.edges == shape_edges::whole_units ? std::floor(at) : at;
}

/// The part of the cell between two corners in fractions of it.
void add_part(box const& part, shape_cell const& in, shape& to)
{
    to.boxes.push_back({.left = snapped(part.left * in.width, in),
                        .top = snapped(part.top * in.height, in),
                        .right = snapped(part.right * in.width, in),
                        .bottom = snapped(part.bottom * in.height, in)});
}

/// Fills what @p mask names of a grid of two columns, the bits from left to right and from top to bottom.
void add_mosaic(unsigned mask, int rows, shape_cell const& in, shape& to)
{
    for (int y = 0; y < rows; ++y) {
        auto const pair = mask >> (2 * y) & 3u;
        if (pair != 0)
            add_part({pair & 1u ? 0 : 0.5, double(y) / rows, pair & 2u ? 1 : 0.5, double(y + 1) / rows}, in,
                     to);
    }
}

/// A quarter of a ring that leads from one straight line into another, and what is left of both.
void add_arc(char32_t character, shape_cell const& in, shape& to)
{
    constexpr int pieces = 12;
    auto const to_right = character == first_arc || character == first_arc + 3;
    auto const to_below = character <= first_arc + 1;
    auto const side = to_right ? 1.0 : -1.0;
    auto const down = to_below ? 1.0 : -1.0;
    auto const x = middle(in.width, in) + in.stroke / 2;
    auto const y = middle(in.height, in) + in.stroke / 2;
    auto const edge_x = to_right ? in.width : 0;
    auto const edge_y = to_below ? in.height : 0;
    auto const radius =
        std::min({std::abs(edge_x - x), std::abs(edge_y - y), std::min(in.width, in.height) / 2});
    std::vector<point> ring;
    for (auto const half : {in.stroke / 2, -in.stroke / 2}) {
        std::vector<point> edge{{x - side * half, edge_y}};
        for (int i = 0; i <= pieces; ++i) {
            auto const angle = half_pi * i / pieces;
            edge.push_back({x + side * (radius - (radius + half) * std::cos(angle)),
                            y + down * (radius - (radius + half) * std::sin(angle))});
        }
        edge.push_back({edge_x, y - down * half});
        if (half < 0)
            std::ranges::reverse(edge);
        ring.insert(ring.end(), edge.begin(), edge.end());
    }
    to.polygons.push_back(std::move(ring));
}

void add_diagonal(char32_t character, shape_cell const& in, shape& to)
{
    auto const length = std::hypot(in.width, in.height);
    auto const dx = in.stroke / 2 * length / in.height;
    auto const dy = in.stroke / 2 * length / in.width;
    auto const w = in.width;
    auto const h = in.height;
    if (character != first_diagonal + 1)
        to.polygons.push_back({{0, h - dy}, {w - dx, 0}, {w, 0}, {w, dy}, {dx, h}, {0, h}});
    if (character != first_diagonal)
        to.polygons.push_back({{0, 0}, {dx, 0}, {w, h - dy}, {w, h}, {w - dx, h}, {0, dy}});
}

void add_block(char32_t character, shape_cell const& in, shape& to)
{
    constexpr std::array<std::uint8_t, 10> quadrants{4, 8, 1, 13, 9, 7, 11, 2, 6, 14};
    auto const step = static_cast<int>(character - first_block);
    if (character == first_block)
        add_part({0, 0, 1, 0.5}, in, to);
    else if (step <= 8)
        add_part({0, 1 - step / 8.0, 1, 1}, in, to);
    else if (step < 16)
        add_part({0, 0, (16 - step) / 8.0, 1}, in, to);
    else if (step == 16)
        add_part({0.5, 0, 1, 1}, in, to);
    else if (character >= first_quadrant)
        add_mosaic(quadrants[character - first_quadrant], 2, in, to);
    else if (step == 0x14)
        add_part({0, 0, 1, 0.125}, in, to);
    else if (step == 0x15)
        add_part({0.875, 0, 1, 1}, in, to);
    else {
        add_part({0, 0, 1, 1}, in, to);
        to.opacity = static_cast<double>(character - first_shade + 1) / 4;
    }
}

void add_braille(char32_t character, shape_cell const& in, shape& to)
{
    constexpr std::array<std::uint8_t, 8> bits{0, 3, 1, 4, 2, 5, 6, 7};  // from left to right, top to bottom
    auto const dot = std::max(in.edges == shape_edges::whole_units ? 1.0 : 0.0,
                              snapped(std::min(in.width / 2, in.height / 4) * 0.55, in));
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (((character - first_braille) & 1u << bits[i]) == 0)
            continue;
        auto const left = snapped((static_cast<double>(i % 2) + 0.5) * in.width / 2 - dot / 2, in);
        auto const top = snapped((static_cast<double>(i / 2) + 0.5) * in.height / 4 - dot / 2, in);
        to.boxes.push_back({left, top, left + dot, top + dot});
    }
}

/// Two of the masks are half blocks, which had characters of their own.
unsigned sextant_mask(char32_t character) noexcept
{
    auto mask = static_cast<unsigned>(character - first_sextant) + 1;
    mask += mask >= 0b010101 ? 1u : 0u;
    return mask + (mask >= 0b101010 ? 1u : 0u);
}

void add_triangle(char32_t character, shape_cell const& in, shape& to)
{
    auto const is_line = (character - first_triangle) % 2 == 1;
    auto const thick = in.stroke * 1.2;
    std::vector<point> made = is_line ? std::vector<point>{{0, 0},
                                                           {thick, 0},
                                                           {in.width, in.height / 2},
                                                           {thick, in.height},
                                                           {0, in.height},
                                                           {in.width - thick, in.height / 2}}
                                      : std::vector<point>{{0, 0}, {in.width, in.height / 2}, {0, in.height}};
    if (character >= first_triangle + 2)
        for (auto& each : made)
            each.x = in.width - each.x;
    to.polygons.push_back(std::move(made));
}

/// Lines 1, 3, 7 and 9 of a cell of nine; the one in the middle is a box-drawing character.
void add_scan_line(char32_t character, shape_cell const& in, shape& to)
{
    constexpr std::array<double, 4> parts{0, 0.25, 0.75, 1};
    auto const top =
        snapped(parts[static_cast<std::size_t>(character - first_scan_line)] * (in.height - in.stroke), in);
    to.boxes.push_back({0, top, in.width, top + in.stroke});
}

}  // namespace

bool has_shape(char32_t character) noexcept
{
    return within(character, 0x2500, 0x259F) || within(character, first_braille, 0x28FF) ||
           within(character, first_scan_line, first_scan_line + 3) ||
           within(character, first_triangle, first_triangle + 3) || within(character, first_sextant, 0x1FB3B);
}

shape shape_of(char32_t character, shape_cell const& in)
{
    shape made;
    if (!has_shape(character))
        return made;
    if (within(character, first_arc, first_arc + 3))
        add_arc(character, in, made);
    else if (within(character, first_diagonal, first_diagonal + 2))
        add_diagonal(character, in, made);
    else if (within(character, 0x2500, 0x257F))
        detail::draw_arms(detail::arms_of(character), in, made);
    else if (within(character, first_block, 0x259F))
        add_block(character, in, made);
    else if (within(character, first_braille, 0x28FF))
        add_braille(character, in, made);
    else if (character >= first_sextant)
        add_mosaic(sextant_mask(character), 3, in, made);
    else if (character >= first_triangle)
        add_triangle(character, in, made);
    else
        add_scan_line(character, in, made);
    return made;
}

}  // namespace tendril::term
