#include <tendril/term/html.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <array>
#include <string_view>

namespace tendril::term {

namespace {

std::string decoration_css(rendition style, paint const& colors)
{
    constexpr std::array<std::string_view, 6> kinds{"", "", " double", " wavy", " dotted", " dashed"};
    std::string lines;
    if (style.line() != underline::none)
        lines += " underline";
    if (style.has(attribute::strike))
        lines += " line-through";
    if (style.has(attribute::overline))
        lines += " overline";
    if (lines.empty())
        return {};
    lines += kinds[static_cast<std::size_t>(style.line())];
    if (!(colors.line == colors.foreground))
        lines += " " + hex(colors.line);
    return "text-decoration:" + lines.substr(1) + ";";
}

std::string css_of(terminal const& owner, run const& of, rgb own_foreground)
{
    auto const colors = paint_of(owner, of.style, of.decoration);
    std::string css;
    if (of.cursor && owner.cursor().shape == cursor_shape::block) {
        css += "color:" + hex(colors.background) + ";background:" + hex(owner.palette(dynamic_cursor)) + ";";
    } else {
        if (!(colors.foreground == own_foreground))
            css += "color:" + hex(colors.foreground) + ";";
        if (!colors.plain_background)
            css += "background:" + hex(colors.background) + ";";
        if (of.cursor)
            css += "box-shadow:inset " +
                   std::string(owner.cursor().shape == cursor_shape::bar ? "2px 0 " : "0 -2px ") +
                   hex(owner.palette(dynamic_cursor)) + ";";
    }
    if (of.style.has(attribute::bold))
        css += "font-weight:bold;";
    if (of.style.has(attribute::italic))
        css += "font-style:italic;";
    css += decoration_css(of.style, colors);
    if (of.wide)
        css += "display:inline-block;width:2ch;";  // a fallback font's idea of "wide" must not shift the line
    return css;
}

rgb own_color(terminal const& of, int number, int reversed)
{
    return of.palette(of.is(mode::reverse_screen) ? reversed : number);
}

std::string pre_element(terminal const& of, html_lines const& lines)
{
    std::string html =
        "<pre class=\"tendril\" style=\"color:" + hex(own_color(of, dynamic_foreground, dynamic_background)) +
        ";background:" + hex(own_color(of, dynamic_background, dynamic_foreground)) +
        ";font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;line-height:1.25;"
        "margin:0;padding:1ch;overflow:auto\">";
    for (auto const* const part : {&lines.scrollback, &lines.screen})
        for (auto const& line : *part)
            html += line + "\n";
    return html + "</pre>";
}

/// How a line of double size is drawn: at its own size, enlarged, and of a double height only one half.
std::string_view enlarging_css(line_size size) noexcept
{
    switch (size) {
    case line_size::single:
        break;
    case line_size::double_width:
        return "transform:scaleX(2);transform-origin:0 0";
    case line_size::double_height_top:
        return "transform:scale(2);transform-origin:0 0;clip-path:inset(0 0 50%)";
    case line_size::double_height_bottom:
        return "transform:scale(2);transform-origin:0 100%;clip-path:inset(50% 0 0)";
    }
    return {};
}

}  // namespace

std::string line_html(terminal const& owner, row const& line, int cursor_column)
{
    auto const foreground = own_color(owner, dynamic_foreground, dynamic_background);
    std::string html;
    auto const large = enlarging_css(line.size());
    for (auto const& each : runs_of(owner, line, cursor_column)) {
        auto const css = css_of(owner, each, foreground);
        auto const* const link = owner.link_of({.style = {}, .shown = {}, .decoration = each.decoration});
        auto const target = link ? safe_target(link->target) : std::string_view();
        if (!target.empty()) {
            html += "<a rel=\"noopener noreferrer\" href=\"";
            append_escaped(html, target);
            html += "\" style=\"" + (css.find("color:") == 0 ? css : "color:inherit;" + css) + "\">";
        } else if (!css.empty()) {
            html += each.cursor ? "<span class=\"cursor\" style=\"" : "<span style=\"";
            html += css + "\">";
        }
        append_escaped(html, each.text);
        if (!target.empty())
            html += "</a>";
        else if (!css.empty())
            html += "</span>";
    }
    if (!large.empty() && !html.empty()) {
        html.insert(0, "<span style=\"display:inline-block;vertical-align:top;" + std::string(large) + "\">");
        html += "</span>";
    }
    return html;
}

html_lines to_html_lines(terminal const& of, cursor_drawing cursor)
{
    html_lines lines;
    row line;
    for (std::size_t i = 0; i < of.scrollback().size(); ++i) {
        of.scrollback().read(i, line);
        lines.scrollback.push_back(line_html(of, line, no_cursor));
    }
    auto const at = of.cursor();
    auto const drawn = cursor == cursor_drawing::shown && at.visible;
    for (int y = 0; y < of.size().rows; ++y)
        lines.screen.push_back(line_html(of, of.line(y), drawn && y == at.row ? at.column : no_cursor));
    return lines;
}

std::string to_html_fragment(terminal const& of, cursor_drawing cursor)
{
    return pre_element(of, to_html_lines(of, cursor));
}

std::string to_html_page(terminal const& of, cursor_drawing cursor)
{
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
    append_escaped(html, of.title().empty() ? std::string_view("terminal") : std::string_view(of.title()));
    html += "</title>\n</head>\n<body style=\"margin:0;background:" +
            hex(own_color(of, dynamic_background, dynamic_foreground)) + "\">\n";
    return html + to_html_fragment(of, cursor) + "\n</body>\n</html>\n";
}

}  // namespace tendril::term
