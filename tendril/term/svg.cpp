#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>
#include <tendril/term/svg.hpp>

#include <array>
#include <charconv>
#include <string_view>

namespace tendril::term {

namespace {

using metrics = svg_metrics;

/// The shortest decimal with at most two places.
std::string number(double value)
{
    std::array<char, 32> buffer;
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2);
    std::string text(buffer.data(), end.ptr);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text;
}

double x_of(int column) noexcept
{
    return metrics::cell_width * column;
}

double y_of(int row) noexcept
{
    return metrics::cell_height * row;
}

std::string rectangle(double x, double y, double width, double height, rgb fill)
{
    return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" +
           number(height) + "\" fill=\"" + hex(fill) + "\"/>";
}

rgb own_background(terminal const& of)
{
    return of.palette(of.is(mode::reverse_screen) ? dynamic_foreground : dynamic_background);
}

rgb own_foreground(terminal const& of)
{
    return of.palette(of.is(mode::reverse_screen) ? dynamic_background : dynamic_foreground);
}

/// A curly line: quarter-wave arcs, one wave every half cell.
std::string wave(double x, double y, double width, rgb color)
{
    std::string path = "<path d=\"M" + number(x) + " " + number(y);
    constexpr auto half_wave = metrics::cell_width / 4;
    auto up = true;
    for (double at = x; at + half_wave <= x + width + 0.01; at += half_wave) {
        path += "q" + number(half_wave / 2) + (up ? " -2.5 " : " 2.5 ") + number(half_wave) + " 0";
        up = !up;
    }
    return path + "\" fill=\"none\" stroke=\"" + hex(color) + "\"/>";
}

std::string straight(double x, double y, double width, rgb color, std::string_view dashes)
{
    std::string line = "<path d=\"M" + number(x) + " " + number(y) + "h" + number(width) + "\" stroke=\"" +
                       hex(color) + "\"";
    if (!dashes.empty())
        line += " stroke-dasharray=\"" + std::string(dashes) + "\"";
    return line + "/>";
}

std::string lines_of(run const& of, int row, paint const& colors)
{
    auto const x = x_of(of.column);
    auto const width = x_of(of.width);
    auto const under = y_of(row) + metrics::baseline + 2.5;
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
        svg += straight(x, y_of(row) + metrics::baseline - 4.5, width, colors.foreground, {});
    if (of.style.has(attribute::overline))
        svg += straight(x, y_of(row) + 1, width, colors.foreground, {});
    return svg;
}

std::string text_element(run const& of, int row, rgb fill, rgb usual)
{
    auto const first = of.text.find_first_not_of(' ');
    if (first == std::string::npos)
        return {};
    auto const last = of.text.find_last_not_of(' ');
    auto const skipped = static_cast<int>(first);
    auto const cut = static_cast<int>(of.text.size() - last - 1);
    auto const width = of.width - skipped - cut;
    std::string svg = "<text x=\"" + number(x_of(of.column + skipped)) + "\" y=\"" +
                      number(y_of(row) + metrics::baseline) + "\"";
    if (width > 1 || of.text.size() > 1)
        svg += " textLength=\"" + number(x_of(width)) + "\" lengthAdjust=\"spacingAndGlyphs\"";
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

std::string cursor_element(terminal const& of, run const& under, int row)
{
    auto const color = of.palette(dynamic_cursor);
    auto const x = x_of(under.column);
    auto const y = y_of(row);
    auto const width = x_of(under.width);
    switch (of.cursor().shape) {
    case cursor_shape::underline:
        return rectangle(x, y + metrics::cell_height - 2, width, 2, color);
    case cursor_shape::bar:
        return rectangle(x, y, 2, metrics::cell_height, color);
    case cursor_shape::block:
        break;
    }
    return rectangle(x, y, width, metrics::cell_height, color);
}

/// Backgrounds of neighbouring runs in one colour are one rectangle, or hairlines show between them.
std::string backgrounds(terminal const& of, std::vector<run> const& runs, int row)
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
            svg +=
                rectangle(x_of(from), y_of(row), x_of(end - from), metrics::cell_height, colors.background);
    }
    return svg;
}

std::string line_element(terminal const& of, int row, int cursor_column)
{
    auto const runs = runs_of(of, of.line(row), cursor_column);
    auto svg = backgrounds(of, runs, row);
    for (auto const& each : runs) {
        auto const colors = paint_of(of, each.style, each.decoration);
        auto fill = colors.foreground;
        if (each.cursor) {
            svg += cursor_element(of, each, row);
            if (of.cursor().shape == cursor_shape::block)
                fill = colors.background;
        }
        auto drawn = text_element(each, row, fill, own_foreground(of)) + lines_of(each, row, colors);
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
    if (!svg.empty())
        svg += '\n';
    return svg;
}

double offset_of(svg_options const& options) noexcept
{
    return options.frame == window_frame::titled ? metrics::title_height : metrics::padding;
}

std::string window_of(terminal const& of, svg_options const& options, double width)
{
    if (options.frame == window_frame::none)
        return {};
    std::string svg;
    auto x = 18.0;
    for (auto const* const light : {"#ff5f57", "#febc2e", "#28c840"}) {
        svg += "<circle cx=\"" + number(x) + "\" cy=\"17\" r=\"5.5\" fill=\"" + light + "\"/>";
        x += 18;
    }
    auto const& title = options.title.empty() ? of.title() : options.title;
    if (!title.empty()) {
        svg += "<text x=\"" + number(width / 2) + "\" y=\"21\" text-anchor=\"middle\" fill=\"" +
               hex(own_foreground(of)) +
               "\" fill-opacity=\".7\" font-family=\"system-ui,sans-serif\" "
               "font-size=\"12.5\">";
        append_escaped(svg, title);
        svg += "</text>";
    }
    return svg + "\n";
}

}  // namespace

std::string svg_frame_body(terminal const& of, svg_options const& options)
{
    auto const at = of.cursor();
    std::string svg;
    for (int y = 0; y < of.size().rows; ++y)
        svg += line_element(of, y,
                            options.cursor == cursor_drawing::shown && at.visible && at.row == y ? at.column
                                                                                                 : no_cursor);
    return svg;
}

std::string svg_head(terminal const& of, svg_options const& options)
{
    auto const width = x_of(of.size().columns) + 2 * metrics::padding;
    auto const height = y_of(of.size().rows) + offset_of(options) + metrics::padding;
    auto const wide = number(width);
    auto const high = number(height);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + wide + "\" height=\"" + high +
                      "\" viewBox=\"0 0 " + wide + " " + high + "\">\n";
    // A rule, because browsers have one of their own for text, which what is inherited does not overrule.
    svg += "<style>text{white-space:pre}</style>\n";
    svg += "<rect width=\"" + wide + "\" height=\"" + high + "\" rx=\"8\" fill=\"" + hex(own_background(of)) +
           "\"/>\n";
    svg += window_of(of, options, width);
    return svg + "<g transform=\"translate(" + number(metrics::padding) + " " + number(offset_of(options)) +
           ")\" fill=\"" + hex(own_foreground(of)) +
           "\" font-family=\"ui-monospace,'SFMono-Regular','DejaVu Sans Mono','Liberation "
           "Mono',Menlo,Consolas,"
           "monospace\" font-size=\"" +
           number(metrics::font_size) + "\" xml:space=\"preserve\">\n";
}

std::string svg_tail()
{
    return "</g>\n</svg>\n";
}

std::string to_svg(terminal const& of, svg_options const& options)
{
    return svg_head(of, options) + svg_frame_body(of, options) + svg_tail();
}

}  // namespace tendril::term
