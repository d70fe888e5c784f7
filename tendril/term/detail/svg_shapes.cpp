#include <tendril/term/detail/svg_elements.hpp>
#include <tendril/term/detail/svg_shapes.hpp>
#include <tendril/term/shapes.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tendril::term::detail {

namespace {

constexpr shape_cell cell{.width = svg_metrics::cell_width, .height = svg_metrics::cell_height, .stroke = 1};

bool near(double a, double b) noexcept
{
    return std::abs(a - b) < 0.001;
}

/// Shapes of one opacity, gathered over a run.
class shape_path {
public:
    void add(shape const& what, double x, double y)
    {
        for (auto const& each : what.boxes)
            add({each.left + x, each.top + y, each.right + x, each.bottom + y});
        for (auto const& outline : what.polygons) {
            char command = 'M';
            for (auto const& at : outline) {
                polygons_ += std::exchange(command, 'L') + svg_number(at.x + x) + ' ' + svg_number(at.y + y);
            }
            polygons_ += 'z';
        }
    }

    [[nodiscard]] std::string elements(rgb fill, double opacity) const
    {
        auto const end = "\" fill=\"" + hex(fill) + "\"" +
                         (opacity < 1 ? " fill-opacity=\"" + svg_number(opacity) + "\"/>" : "/>");
        std::string svg;
        if (!boxes_.empty()) {
            svg += "<path shape-rendering=\"crispEdges\" d=\"";
            for (auto const& each : boxes_) {
                auto const width = svg_number(each.right - each.left);
                svg += 'M' + svg_number(each.left) + ' ' + svg_number(each.top) + 'h' + width + 'v' +
                       svg_number(each.bottom - each.top) + "h-" + width + 'z';
            }
            svg += end;
        }
        if (!polygons_.empty())
            svg += "<path d=\"" + polygons_ + end;
        return svg;
    }

private:
    void add(box const& next)
    {
        constexpr std::ptrdiff_t most_of_a_cell = 4;
        auto const from = std::max(
            boxes_.begin(), boxes_.end() - std::min<std::ptrdiff_t>(most_of_a_cell, std::ssize(boxes_)));
        auto const touching = std::find_if(from, boxes_.end(), [&](box const& each) {
            return each.left <= next.left && each.right > next.left - 0.001 && near(each.top, next.top) &&
                   near(each.bottom, next.bottom);
        });
        if (touching != boxes_.end())
            touching->right = std::max(touching->right, next.right);
        else
            boxes_.push_back(next);
    }

    std::vector<box> boxes_;
    std::string polygons_;
};

}  // namespace

std::string take_shapes(run& from, double y, rgb fill)
{
    auto const letters = std::ranges::count_if(from.text, [](char byte) { return (byte & 0xC0) != 0x80; });
    if (letters != from.width || from.wide)
        return {};  // a cluster: what is drawn over its base must keep its place
    std::string svg;
    std::string rest;
    shape_path path;
    double opacity = 1;
    auto column = from.column;
    auto found = false;
    vt::utf8_decoder decoder;
    for (auto const byte : from.text) {
        if (decoder.push(static_cast<std::uint8_t>(byte)) == vt::utf8_decoder::outcome::need_more)
            continue;
        auto const character = decoder.scalar();
        auto const x = x_of(column++);
        if (!has_shape(character)) {
            vt::append_utf8(rest, character);
            continue;
        }
        found = true;
        rest += ' ';
        auto const made = shape_of(character, cell);
        if (made.opacity != opacity) {
            svg += std::exchange(path, {}).elements(fill, opacity);
            opacity = made.opacity;
        }
        path.add(made, x, y);
    }
    if (!found)
        return {};
    from.text = std::move(rest);
    return svg + path.elements(fill, opacity);
}

}  // namespace tendril::term::detail
