#include <tendril/term/detail/state.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term::detail {

namespace {

/// Calls @p visit with every row of both screens.
template <typename Visit>
void for_each_row(state const& s, Visit&& visit)
{
    for (auto const& each : s.screens)
        for (int y = 0; y < each.lines.rows(); ++y)
            visit(each.lines[y]);
}

void collect_clusters(state& s)
{
    s.clusters.begin_marking();
    for_each_row(s, [&](row const& line) {
        for (auto const shown : line.glyphs())
            if (shown.is_cluster())
                s.clusters.mark(shown.value());
    });
    for (auto const number : s.past.clusters())
        s.clusters.mark(number);
    s.clusters.sweep();
}

void mark_pen(state& s, pen const& held)
{
    s.decorations.mark(held.decoration);
    s.links.mark(held.link);
}

void collect_decorations(state& s)
{
    s.decorations.begin_marking();
    s.links.begin_marking();
    mark_pen(s, s.at.pen);
    for (auto const& each : s.screens)
        mark_pen(s, each.saved.pen);
    for (auto const& each : s.rendition_stack)
        mark_pen(s, each.held);
    auto const mark = [&](std::uint32_t number) {
        s.decorations.mark(number);
        if (number != 0)
            s.links.mark(s.decorations[number].link_number);
    };
    for_each_row(s, [&](row const& line) {
        for (auto const number : line.decorations())
            mark(number);
    });
    for (auto const number : s.past.decorations())
        mark(number);
    s.decorations.sweep();
    s.links.sweep();
}

}  // namespace

state::state(grid_size size, terminal_limits const& bounds)
    : limits(bounds), columns(size.columns), rows(size.rows),
      screens{screen(size, 0), screen(size, first_alternate_identity)},
      past(bounds.history_lines, bounds.history_bytes), tabs(size.columns), parser(bounds.strings)
{
    reset_region();
}

namespace {

/// ESC and a letter become the single byte that they stand for.
std::string with_eight_bit_controls(std::string_view text)
{
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const pairs =
            text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] >= '@' && text[i + 1] <= '_';
        made += pairs ? static_cast<char>(text[++i] + 0x40) : text[i];
    }
    return made;
}

}  // namespace

void reply(state& s, std::string_view text)
{
    std::string converted;
    if (s.chosen.eight_bit_replies) {
        converted = with_eight_bit_controls(text);
        text = converted;
    }
    if (text.size() <= s.limits.reply_bytes - std::min(s.limits.reply_bytes, s.replies.size()))
        s.replies += text;
}

void notify(state& s, event what)
{
    notify_at(s, std::move(what), s.at.column, s.at.row);
}

void notify_at(state& s, event what, int column, int row)
{
    auto const bytes = what.text.size() + what.detail.size();
    if (s.events.size() >= s.limits.events || s.event_bytes + bytes > s.limits.event_bytes)
        return;
    s.event_bytes += bytes;
    what.column = column;
    what.row = row;
    s.events.push_back(std::move(what));
}

std::uint32_t extended_cluster(state& s, glyph base, char32_t next)
{
    if (s.clusters.wants_collection())
        collect_clusters(s);  // not @p base: it is in a cell
    return s.clusters.extended(base, next);
}

void refresh_decoration(state& s)
{
    auto& held = s.at.pen;
    if (s.decorations.wants_collection() || s.links.wants_collection())
        collect_decorations(s);
    decoration const wanted{held.underline_color.packed(), held.link};
    held.decoration = wanted.is_none() ? 0 : s.decorations.number_of(wanted);
}

void move_to(state& s, int column, int row) noexcept
{
    s.at.row = std::clamp(row, 0, s.rows - 1);
    s.at.column = std::clamp(column, 0, s.line_columns(s.at.row) - 1);
    s.at.pending_wrap = false;
}

void scroll_line_up(state& s)
{
    auto& lines = s.lines();
    if (s.region.top == 0 && s.shown == side::primary)
        s.past.push(std::as_const(lines)[0]);
    lines.rotate_up(s.region.top, s.region.bottom, 1, s.blank_style());
}

void scroll_up(state& s, int top, int bottom, int count, scrolled_lines fate)
{
    count = std::min(count, bottom - top + 1);
    auto& lines = s.lines();
    if (s.full_width()) {
        if (fate == scrolled_lines::kept && top == 0 && s.shown == side::primary)
            for (int y = 0; y < count; ++y)
                s.past.push(std::as_const(lines)[y]);
        lines.rotate_up(top, bottom, count, s.blank_style());
        s.keep_in_line();
        return;
    }
    auto const left = s.region.left;
    auto const end = s.region.right + 1;
    for (int y = top; y + count <= bottom; ++y)
        lines[y].copy(lines[y + count], left, end, left);
    for (int y = bottom - count + 1; y <= bottom; ++y)
        lines[y].erase(left, end, s.columns, s.blank_style());
}

void scroll_down(state& s, int top, int bottom, int count)
{
    count = std::min(count, bottom - top + 1);
    auto& lines = s.lines();
    if (s.full_width()) {
        lines.rotate_down(top, bottom, count, s.blank_style());
        s.keep_in_line();
        return;
    }
    auto const left = s.region.left;
    auto const end = s.region.right + 1;
    for (int y = bottom; y - count >= top; --y)
        lines[y].copy(lines[y - count], left, end, left);
    for (int y = top; y < top + count; ++y)
        lines[y].erase(left, end, s.columns, s.blank_style());
}

}  // namespace tendril::term::detail
