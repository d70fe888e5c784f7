#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tendril::term {

namespace {

/// Whether a cell without a glyph shows nothing either: no background, no line, not reversed.
bool is_invisible(rendition style) noexcept
{
    return style.background().is_default() && style.line() == underline::none &&
           !style.has(attribute::reverse) && !style.has(attribute::strike) && !style.has(attribute::overline);
}

/// How many columns of @p line must be drawn.
int drawn_columns(terminal const& owner, row const& line, int cursor_column) noexcept
{
    auto const columns = line.visible(owner.size().columns);
    auto last = is_invisible(line.fill()) ? std::min(columns, line.used()) : columns;
    while (last > 0) {
        auto const each = line.at(last - 1);
        if (!(each.shown.is_blank() || each.shown == glyph::character(U' ')) || !is_invisible(each.style))
            break;
        --last;
    }
    return std::max(last, std::min(cursor_column + 1, columns));
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

stretches::stretches(terminal const& owner, row const& line, int cursor_column) noexcept
    : line_(line), cursor_(cursor_column), end_(drawn_columns(owner, line, cursor_column))
{
}

bool stretches::stands_alone(int column) const noexcept
{
    if (line_.glyphs().empty())
        return false;
    auto const shown = line_.at(column).shown;
    return shown.is_cluster() || shown.part() == glyph::role::wide;
}

/// Where cells stop to have the rendition and the decoration of the one at @p column.
int stretches::end_of_look(int column) const noexcept
{
    auto const stored = std::min(end_, line_.used());
    if (column >= stored)
        return end_;
    auto end = stored;
    auto const shorten = [&](auto const& values) {
        if (values.empty())
            return;
        auto const first = values.begin() + column;
        end = static_cast<int>(
            std::find_if(first, values.begin() + end, [&](auto const& each) { return !(each == *first); }) -
            values.begin());
    };
    shorten(line_.styles());
    shorten(line_.decorations());
    auto const goes_on =
        end == stored && line_.at(column).decoration == 0 && line_.at(column).style == line_.fill();
    return goes_on ? end_ : end;
}

bool stretches::next() noexcept
{
    if (at_ >= end_)
        return false;
    auto const here = line_.at(at_);
    auto const is_wide = here.shown.part() == glyph::role::wide;
    current_ = {.column = at_,
                .width = is_wide ? 2 : 1,
                .style = here.style,
                .decoration = here.decoration,
                .cursor = cursor_ >= at_ && cursor_ < at_ + (is_wide ? 2 : 1),
                .wide = is_wide};
    if (!current_.cursor && !stands_alone(at_)) {
        auto end = end_of_look(at_);
        if (cursor_ > at_)
            end = std::min(end, cursor_);
        if (line_.glyphs().empty())
            current_.width = end - at_;
        else
            while (at_ + current_.width < end && !stands_alone(at_ + current_.width))
                ++current_.width;
    }
    at_ += current_.width;
    return true;
}

std::vector<run> runs_of(terminal const& owner, row const& line, int cursor_column)
{
    std::vector<run> runs;
    for (stretches each(owner, line, cursor_column); each.next();) {
        auto const& found = each.current();
        runs.push_back({found, {}});
        for (int x = found.column; x < found.column + (found.wide ? 1 : found.width); ++x) {
            auto const shown = line.at(x).shown;
            owner.append_text(shown.part() == glyph::role::tail ? glyph() : shown, runs.back().text);
        }
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

namespace {

/// What stands for a byte below 0x80 in HTML; empty for itself.
constexpr std::string_view entity_of(std::uint8_t byte) noexcept
{
    switch (byte) {
    case '\0':
        return " ";  // a cell in which nothing was written
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

/// Which bytes stand for themselves.
constexpr auto is_plain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t i = 0; i < 0x80; ++i)
        plain[i] = entity_of(static_cast<std::uint8_t>(i)).empty();
    return plain;
}();

/// Appends one byte a column, Latin-1, what is plain in long pieces.
void append_escaped_latin(std::string& to, std::span<std::uint8_t const> bytes)
{
    while (!bytes.empty()) {
        auto const stop = std::ranges::find_if(bytes, [](std::uint8_t each) { return !is_plain[each]; });
        auto const plain = static_cast<std::size_t>(stop - bytes.begin());
        to.append(reinterpret_cast<char const*>(bytes.data()), plain);
        if (stop == bytes.end())
            return;
        if (*stop >= 0x80)
            vt::append_utf8(to, *stop);
        else
            to += entity_of(*stop);
        bytes = bytes.subspan(plain + 1);
    }
}

}  // namespace

void append_escaped(std::string& to, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<std::uint8_t>(text[i]);
        if (text[i] == '\xef' &&
            (text.substr(i).starts_with("\xef\xbf\xbe") || text.substr(i).starts_with("\xef\xbf\xbf"))) {
            to += "\xef\xbf\xbd";
            i += 2;
        } else if (auto const entity = entity_of(byte); entity.empty()) {
            to += text[i];
        } else {
            to += entity;
        }
    }
}

void append_escaped_cells(std::string& to, terminal const& owner, row const& line, int from, int end)
{
    auto const stored = std::clamp(line.used(), from, end);
    auto const first = static_cast<std::size_t>(from);
    auto const count = static_cast<std::size_t>(stored - from);
    if (line.glyphs().empty()) {
        if (count != 0)
            append_escaped_latin(to, line.bytes().subspan(first, count));
    } else {
        for (auto const each : line.glyphs().subspan(first < line.glyphs().size() ? first : 0, count)) {
            if (each.part() == glyph::role::tail)
                continue;
            auto const start = to.size();
            owner.append_text(each, to);
            if (auto const byte = static_cast<std::uint8_t>(to[start]);
                each.is_cluster() || each.value() >= 0xFFFE || !(byte >= 0x80 || is_plain[byte])) {
                auto const text = to.substr(start);
                to.resize(start);
                append_escaped(to, text);
            }
        }
    }
    to.append(static_cast<std::size_t>(end - stored), ' ');
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
