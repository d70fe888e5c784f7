#include <tendril/term/detail/svg_elements.hpp>
#include <tendril/term/detail/svg_line.hpp>
#include <tendril/term/runs.hpp>
#include <tendril/term/svg.hpp>

namespace tendril::term {

namespace {

using detail::own_background;
using detail::own_foreground;
using detail::svg_number;
using detail::x_of;
using detail::y_of;
using metrics = svg_metrics;

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
        svg += "<circle cx=\"" + svg_number(x) + "\" cy=\"17\" r=\"5.5\" fill=\"" + light + "\"/>";
        x += 18;
    }
    auto const& title = options.title.empty() ? of.title() : options.title;
    if (!title.empty()) {
        svg += "<text x=\"" + svg_number(width / 2) + "\" y=\"21\" text-anchor=\"middle\" fill=\"" +
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
        svg += detail::svg_line(
            of, y,
            options.cursor == cursor_drawing::shown && at.visible && at.row == y ? at.column : no_cursor);
    return svg;
}

std::string svg_head(terminal const& of, svg_options const& options)
{
    auto const width = x_of(of.size().columns) + 2 * metrics::padding;
    auto const height = y_of(of.size().rows) + offset_of(options) + metrics::padding;
    auto const wide = svg_number(width);
    auto const high = svg_number(height);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + wide + "\" height=\"" + high +
                      "\" viewBox=\"0 0 " + wide + " " + high + "\">\n";
    // A rule, because browsers have one of their own for text, which what is inherited does not overrule.
    svg += "<style>text{white-space:pre}</style>\n";
    svg += "<rect width=\"" + wide + "\" height=\"" + high + "\" rx=\"8\" fill=\"" + hex(own_background(of)) +
           "\"/>\n";
    svg += window_of(of, options, width);
    return svg + "<g transform=\"translate(" + svg_number(metrics::padding) + " " +
           svg_number(offset_of(options)) + ")\" fill=\"" + hex(own_foreground(of)) +
           "\" font-family=\"ui-monospace,'SFMono-Regular','DejaVu Sans Mono','Liberation "
           "Mono',Menlo,Consolas,"
           "monospace\" font-size=\"" +
           svg_number(metrics::font_size) + "\" xml:space=\"preserve\">\n";
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
