#include <tendril/term/html.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>

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

rgb own_color(terminal const& of, int number, int reversed)
{
    return of.palette(of.is(mode::reverse_screen) ? reversed : number);
}

std::string css_of(terminal const& owner, stretch const& of, rgb own_foreground)
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

/// The inline style of each look, worked out once: lines have few.
class style_sheet {
public:
    explicit style_sheet(terminal const& owner)
        : owner_(owner), foreground_(own_color(owner, dynamic_foreground, dynamic_background))
    {
    }

    /// Lifetime: until the next call.
    [[nodiscard]] std::string const& css(stretch const& of)
    {
        if (of.cursor) {
            passing_ = css_of(owner_, of, foreground_);
            return passing_;
        }
        auto const key = look{of.style.packed(), of.decoration, of.wide};
        if (key == last_ && !known_.empty())
            return *last_css_;
        if (known_.size() == most_looks)
            known_.clear();
        auto const [entry, is_new] = known_.try_emplace(key);
        if (is_new)
            entry->second = css_of(owner_, of, foreground_);
        last_ = key;
        last_css_ = &entry->second;
        return entry->second;
    }

private:
    using look = std::tuple<std::uint64_t, std::uint32_t, bool>;
    static constexpr std::size_t most_looks =
        4096;  // a picture in true colour has more than are worth keeping

    terminal const& owner_;
    rgb foreground_;
    std::map<look, std::string> known_;
    look last_;
    std::string const* last_css_ = nullptr;
    std::string passing_;
};

void append_line(std::string& html, terminal const& owner, row const& line, int cursor_column,
                 style_sheet& styles)
{
    auto const large = enlarging_css(line.size());
    auto const start = html.size();
    for (stretches each(owner, line, cursor_column); each.next();) {
        auto const& found = each.current();
        auto const& css = styles.css(found);
        auto const* const link = owner.link_of({.style = {}, .shown = {}, .decoration = found.decoration});
        auto const target = link ? safe_target(link->target) : std::string_view();
        if (!target.empty()) {
            html += "<a rel=\"noopener noreferrer\" href=\"";
            append_escaped(html, target);
            html += "\" style=\"";
            if (!css.starts_with("color:"))
                html += "color:inherit;";
            html += css;
            html += "\">";
        } else if (!css.empty()) {
            html += found.cursor ? "<span class=\"cursor\" style=\"" : "<span style=\"";
            html += css;
            html += "\">";
        }
        append_escaped_cells(html, owner, line, found.column, found.column + found.width);
        if (!target.empty())
            html += "</a>";
        else if (!css.empty())
            html += "</span>";
    }
    if (!large.empty() && html.size() != start) {
        html.insert(start,
                    "<span style=\"display:inline-block;vertical-align:top;" + std::string(large) + "\">");
        html += "</span>";
    }
}

/// Calls @p take with each line of the history and then of the screen: the line, and where the cursor is in
/// it.
template <typename Take>
void for_each_line(terminal const& of, cursor_drawing cursor, Take take)
{
    row line;
    for (std::size_t i = 0; i < of.scrollback().size(); ++i) {
        of.scrollback().read(i, line);
        take(line, no_cursor);
    }
    auto const at = of.cursor();
    auto const drawn = cursor == cursor_drawing::shown && at.visible;
    for (int y = 0; y < of.size().rows; ++y)
        take(of.line(y), drawn && y == at.row ? at.column : no_cursor);
}

void append_pre_element(std::string& html, terminal const& of, cursor_drawing cursor)
{
    html +=
        "<pre class=\"tendril\" style=\"color:" + hex(own_color(of, dynamic_foreground, dynamic_background)) +
        ";background:" + hex(own_color(of, dynamic_background, dynamic_foreground)) +
        ";font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;line-height:1.25;"
        "margin:0;padding:1ch;overflow:auto\">";
    style_sheet styles(of);
    html.reserve(html.size() + of.scrollback().bytes());
    for_each_line(of, cursor, [&](row const& line, int cursor_column) {
        append_line(html, of, line, cursor_column, styles);
        html += '\n';
    });
    html += "</pre>";
}

}  // namespace

std::string line_html(terminal const& owner, row const& line, int cursor_column)
{
    std::string html;
    style_sheet styles(owner);
    append_line(html, owner, line, cursor_column, styles);
    return html;
}

html_lines to_html_lines(terminal const& of, cursor_drawing cursor)
{
    html_lines lines;
    style_sheet styles(of);
    auto const kept = of.scrollback().size();
    for_each_line(of, cursor, [&](row const& line, int cursor_column) {
        auto& part = lines.scrollback.size() < kept ? lines.scrollback : lines.screen;
        append_line(part.emplace_back(), of, line, cursor_column, styles);
    });
    return lines;
}

void append_scrollback_html(terminal const& of, std::string& to, line_range const& lines)
{
    row line;
    style_sheet styles(of);
    auto const end = std::min(lines.end, of.scrollback().size());
    for (auto i = lines.first; i < end; ++i) {
        of.scrollback().read(i, line);
        append_line(to, of, line, no_cursor, styles);
        to += '\n';
    }
}

std::string to_html_fragment(terminal const& of, cursor_drawing cursor)
{
    std::string html;
    append_pre_element(html, of, cursor);
    return html;
}

std::string to_html_page(terminal const& of, cursor_drawing cursor)
{
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
    append_escaped(html, of.title().empty() ? std::string_view("terminal") : std::string_view(of.title()));
    html += "</title>\n</head>\n<body style=\"margin:0;background:" +
            hex(own_color(of, dynamic_background, dynamic_foreground)) + "\">\n";
    append_pre_element(html, of, cursor);
    html += "\n</body>\n</html>\n";
    return html;
}

}  // namespace tendril::term
