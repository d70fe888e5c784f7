#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tendril::term {

namespace {

/// How many columns of @p line must be drawn: a blank shows if it has a background, a line or reverse.
int drawn_columns(terminal const& owner, row const& line, int cursor_column)
{
    auto const columns = line.visible(owner.size().columns);
    auto const invisible = [](cell const& each) {
        auto const style = each.style;
        return (each.shown.is_blank() || each.shown == glyph::character(U' ')) &&
               style.background().is_default() && style.line() == underline::none &&
               !style.has(attribute::reverse) && !style.has(attribute::strike) &&
               !style.has(attribute::overline);
    };
    auto last = columns;
    while (last > 0 && last - 1 != cursor_column && invisible(line.at(last - 1)))
        --last;
    return last;
}

bool stands_alone(glyph shown) noexcept
{
    return shown.is_cluster() || shown.part() == glyph::role::wide;
}

rgb resolved(terminal const& owner, color which, int otherwise)
{
    if (which.is_direct())
        return which.value();
    return owner.palette(which.is_palette() ? which.index() : otherwise);
}

rgb halfway(rgb from, rgb to) noexcept
{
    auto const mix = [](int a, int b) { return static_cast<std::uint8_t>((a * 3 + b * 2) / 5); };
    return {mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue)};
}

}  // namespace

std::vector<run> runs_of(terminal const& owner, row const& line, int cursor_column)
{
    std::vector<run> runs;
    auto const end = drawn_columns(owner, line, cursor_column);
    auto joinable = false;
    for (int x = 0; x < end; ++x) {
        auto const here = line.at(x);
        auto const width = here.shown.part() == glyph::role::wide ? 2 : 1;
        auto const cursor = cursor_column >= x && cursor_column < x + width;
        auto const alone = stands_alone(here.shown) || cursor;
        auto const same = joinable && !alone && runs.back().style == here.style &&
                          runs.back().decoration == here.decoration;
        if (!same)
            runs.push_back({.column = x,
                            .width = 0,
                            .style = here.style,
                            .decoration = here.decoration,
                            .cursor = cursor,
                            .wide = width == 2,
                            .text = {}});
        joinable = !alone;
        runs.back().width += width;
        owner.append_text(here.shown.part() == glyph::role::tail ? glyph() : here.shown, runs.back().text);
        x += width - 1;
    }
    return runs;
}

paint paint_of(terminal const& owner, rendition style, std::uint32_t decoration)
{
    auto foreground_color = style.foreground();
    if (style.has(attribute::bold) && foreground_color.is_palette() && foreground_color.index() < 8)
        foreground_color = color::palette(static_cast<std::uint8_t>(foreground_color.index() + 8));
    auto foreground = resolved(owner, foreground_color, dynamic_foreground);
    auto background = resolved(owner, style.background(), dynamic_background);
    if (style.has(attribute::faint))
        foreground = halfway(foreground, background);
    if (style.has(attribute::reverse) != owner.is(mode::reverse_screen))
        std::swap(foreground, background);
    if (style.has(attribute::hidden))
        foreground = background;
    auto const line = owner.underline_color_of({.style = style, .shown = {}, .decoration = decoration});
    auto const own = owner.palette(owner.is(mode::reverse_screen) ? dynamic_foreground : dynamic_background);
    return {.foreground = foreground,
            .background = background,
            .line = line.is_default() ? foreground : resolved(owner, line, dynamic_foreground),
            .plain_background = background == own};
}

std::string hex(rgb value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (auto const each : {value.red, value.green, value.blue}) {
        text += digits[each >> 4];
        text += digits[each & 15];
    }
    return text;
}

void append_escaped(std::string& to, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = text[i];
        auto const noncharacter =
            text.substr(i).starts_with("\xef\xbf\xbe") || text.substr(i).starts_with("\xef\xbf\xbf");
        if (noncharacter) {
            to += "\xef\xbf\xbd";
            i += 2;
            continue;
        }
        switch (byte) {
        case '&':
            to += "&amp;";
            break;
        case '<':
            to += "&lt;";
            break;
        case '>':
            to += "&gt;";
            break;
        case '"':
            to += "&quot;";
            break;
        case '\'':
            to += "&#39;";
            break;
        default:
            to += byte;
            break;
        }
    }
}

std::string_view safe_target(std::string_view target) noexcept
{
    constexpr std::array<std::string_view, 5> schemes{"http:", "https:", "ftp:", "mailto:", "file:"};
    for (auto const scheme : schemes) {
        auto const same =
            target.size() > scheme.size() &&
            std::equal(scheme.begin(), scheme.end(), target.begin(), [](char wanted, char given) {
                return wanted == (given >= 'A' && given <= 'Z' ? static_cast<char>(given + 32) : given);
            });
        if (same)
            return target;
    }
    return {};
}

}  // namespace tendril::term
