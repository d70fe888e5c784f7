#include <tendril/term/detail/svg_elements.hpp>
#include <tendril/term/detail/svg_line.hpp>
#include <tendril/term/detail/svg_shapes.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tendril::term::detail {

namespace {

using metrics = svg_metrics;

/// A curly line: quarter-wave arcs, one wave every half cell.
std::string wave(double x, double y, double width, rgb color)
{
    std::string path = "<path d=\"M" + svg_number(x) + " " + svg_number(y);
    constexpr auto half_wave = metrics::cell_width / 4;
    auto up = true;
    for (double at = x; at + half_wave <= x + width + 0.01; at += half_wave) {
        path += "q" + svg_number(half_wave / 2) + (up ? " -2.5 " : " 2.5 ") + svg_number(half_wave) + " 0";
        up = !up;
    }
    return path + "\" fill=\"none\" stroke=\"" + hex(color) + "\"/>";
}

std::string straight(double x, double y, double width, rgb color, std::string_view dashes)
{
    std::string line = "<path d=\"M" + svg_number(x) + " " + svg_number(y) + "h" + svg_number(width) +
                       "\" stroke=\"" + hex(color) + "\"";
    if (!dashes.empty())
        line += " stroke-dasharray=\"" + std::string(dashes) + "\"";
    return line + "/>";
}

std::string lines_of(run const& of, double y, paint const& colors)
{
    auto const x = x_of(of.column);
    auto const width = x_of(of.width);
    auto const under = y + metrics::baseline + 2.5;
    std::string svg;
    switch (of.style.line()) {
    case underline::none:
        break;
    case underline::single:
        svg += straight(x, under, width, colors.line, {});
        break;
    case underline::doubled:
        svg += straight(x, under - 0.75, width, colors.line, {}) +
               straight(x, under + 1.5, width, colors.line, {});
        break;
    case underline::curly:
        svg += wave(x, under, width, colors.line);
        break;
    case underline::dotted:
        svg += straight(x, under, width, colors.line, "1 2");
        break;
    case underline::dashed:
        svg += straight(x, under, width, colors.line, "4 2");
        break;
    }
    if (of.style.has(attribute::strike))
        svg += straight(x, y + metrics::baseline - 4.5, width, colors.foreground, {});
    if (of.style.has(attribute::overline))
        svg += straight(x, y + 1, width, colors.foreground, {});
    return svg;
}

std::string text_element(run const& of, double y, rgb fill, rgb usual)
{
    auto const first = of.text.find_first_not_of(' ');
    if (first == std::string::npos)
        return {};
    auto const last = of.text.find_last_not_of(' ');
    auto const skipped = static_cast<int>(first);
    auto const cut = static_cast<int>(of.text.size() - last - 1);
    auto const width = of.width - skipped - cut;
    std::string svg = "<text x=\"" + svg_number(x_of(of.column + skipped)) + "\" y=\"" +
                      svg_number(y + metrics::baseline) + "\"";
    if (width > 1 || of.text.size() > 1)
        svg += " textLength=\"" + svg_number(x_of(width)) + "\" lengthAdjust=\"spacingAndGlyphs\"";
    if (!(fill == usual))
        svg += " fill=\"" + hex(fill) + "\"";
    if (of.style.has(attribute::bold))
        svg += " font-weight=\"bold\"";
    if (of.style.has(attribute::italic))
        svg += " font-style=\"italic\"";
    svg += ">";
    append_escaped(svg, std::string_view(of.text).substr(first, last - first + 1));
    return svg + "</text>";
}

std::string cursor_element(terminal const& of, run const& under, double y)
{
    auto const color = of.palette(dynamic_cursor);
    auto const x = x_of(under.column);
    auto const width = x_of(under.width);
    switch (of.cursor().shape) {
    case cursor_shape::underline:
        return svg_rectangle(x, y + metrics::cell_height - 2, width, 2, color);
    case cursor_shape::bar:
        return svg_rectangle(x, y, 2, metrics::cell_height, color);
    case cursor_shape::block:
        break;
    }
    return svg_rectangle(x, y, width, metrics::cell_height, color);
}

/// Backgrounds of neighbouring runs in one colour are one rectangle, or hairlines show between them.
std::string backgrounds(terminal const& of, std::vector<run> const& runs, double y)
{
    std::string svg;
    for (std::size_t i = 0; i < runs.size();) {
        auto const colors = paint_of(of, runs[i].style, runs[i].decoration);
        auto const from = runs[i].column;
        auto end = from;
        for (; i < runs.size(); ++i) {
            if (!(paint_of(of, runs[i].style, runs[i].decoration).background == colors.background))
                break;
            end = runs[i].column + runs[i].width;
        }
        if (!colors.plain_background)
            svg += svg_rectangle(x_of(from), y, x_of(end - from), metrics::cell_height, colors.background);
    }
    return svg;
}

/// The line as if it were of single size, its upper edge at @p y.
std::string elements_of(terminal const& of, row const& line, double y, int cursor_column)
{
    auto runs = runs_of(of, line, cursor_column);
    auto svg = backgrounds(of, runs, y);
    for (auto& each : runs) {
        auto const colors = paint_of(of, each.style, each.decoration);
        auto fill = colors.foreground;
        if (each.cursor) {
            svg += cursor_element(of, each, y);
            if (of.cursor().shape == cursor_shape::block)
                fill = colors.background;
        }
        auto drawn = take_shapes(each, y, fill);
        drawn += text_element(each, y, fill, own_foreground(of)) + lines_of(each, y, colors);
        auto const* const link = of.link_of({.style = {}, .shown = {}, .decoration = each.decoration});
        auto const target = link ? safe_target(link->target) : std::string_view();
        if (target.empty() || drawn.empty()) {
            svg += drawn;
            continue;
        }
        svg += "<a href=\"";
        append_escaped(svg, target);
        svg += "\">" + drawn + "</a>";
    }
    return svg;
}

}  // namespace

std::string svg_line(terminal const& of, int row, int cursor_column)
{
    auto const& line = of.line(row);
    if (line.size() == line_size::single) {
        auto svg = elements_of(of, line, y_of(row), cursor_column);
        return svg.empty() ? svg : svg + '\n';
    }
    auto const svg = elements_of(of, line, 0, cursor_column);
    if (svg.empty())
        return svg;
    constexpr auto height = metrics::cell_height;
    auto const top = line.size() == line_size::double_height_bottom ? height / 2 : 0;
    auto const shown = line.size() == line_size::double_width ? height : height / 2;
    auto const width = x_of(of.size().columns);
    return "<svg y=\"" + svg_number(y_of(row)) + "\" width=\"" + svg_number(width) + "\" height=\"" +
           svg_number(height) + "\" viewBox=\"0 " + svg_number(top) + ' ' + svg_number(width / 2) + ' ' +
           svg_number(shown) + "\" preserveAspectRatio=\"none\">" + svg + "</svg>\n";
}

}  // namespace tendril::term::detail
