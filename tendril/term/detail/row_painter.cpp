#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/row_painter.hpp>
#include <tendril/term/detail/state.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace tendril::term::detail {

namespace {

constexpr int longest_rewritten_gap = 4;  // what a CUF of two to nine columns takes
constexpr int shortest_repetition = 4;    // what REP takes

cell blank_in(rendition fill) noexcept
{
    return {.style = fill, .shown = {}, .decoration = 0};
}

bool is_narrow_ascii(glyph shown) noexcept
{
    return shown.part() == glyph::role::narrow && !shown.is_cluster() && !shown.is_blank() &&
           shown.value() < 0x80;
}

}  // namespace

row_painter::row_painter(terminal const& now, screen_writer& to, std::vector<seen_line>& client,
                         repetition repeat)
    : now_(now.inner().lines()), to_(to), client_(client), columns_(now.size().columns), repeat_(repeat)
{
}

void row_painter::paint(int y, std::uint64_t hash)
{
    auto const& line = now_[y];
    auto& was = client_[static_cast<std::size_t>(y)];
    auto const end = text_end(line);
    comparison_.compare(line, was, end);
    if (line.glyphs().empty())
        paint_bytes(y, line, end);
    else
        paint_cells(y, line, end);
    auto const differs_behind = was.fill() != line.fill() || was.text_end() > end;
    if (end < columns_ && differs_behind) {
        to_.go(y, end);
        to_.use_background(line.fill());
        to_.erase_line_right();
        set_wraps(y, false);
    }
    if (wraps(y) && !line.wrapped())
        unwrap(y, end);
    was.show(line, hash, comparison_.changes());
}

void row_painter::paint_cells(int y, row const& line, int end)
{
    for (auto x = comparison_.next_difference(0, end); x < end; x = comparison_.next_difference(x, end))
        x = line.at(x).shown.is_blank() ? paint_blanks(y, x, end) : paint_text(y, x, end);
}

void row_painter::paint_bytes(int y, row const& line, int end)
{
    auto const* const bytes = line.bytes().data();
    auto const* const styles = line.styles().empty() ? nullptr : line.styles().data();
    auto const* const decorations = line.decorations().empty() ? nullptr : line.decorations().data();
    for (auto x = comparison_.next_difference(0, end); x < end;) {
        auto const byte = bytes[x];
        if (byte - 1u >= 0x7F || (decorations && decorations[x] != 0)) {
            x = comparison_.next_difference(byte == 0 ? paint_blanks(y, x, end) : paint_text(y, x, end), end);
            continue;
        }
        if (comparison_.stands_alone(x) && to_.row() == y && x - to_.column() > longest_rewritten_gap) {
            if (!decorations)
                to_.print_apart(comparison_.alone_from(x, end), x, bytes + x, styles ? styles + x : nullptr);
            if (to_.column() <= x)
                to_.print_ascii(x, static_cast<char>(byte), styles ? styles[x] : rendition());
            x = comparison_.next_difference(to_.column(), end);
        } else {
            x = paint_run(y, line, x, end);
        }
    }
}

/// ASCII in one look: as far as it differs, short gaps included, in one go. The next column that differs.
int row_painter::paint_run(int y, row const& line, int first, int end)
{
    auto stop = comparison_.next_sameness(first + 1, end);
    auto next = comparison_.next_difference(stop, end);
    if (stop > first + 1 || next - stop < longest_rewritten_gap) {
        comparison_.find_breaks(line, end);
        auto const run_end = comparison_.next_break(first + 1, end);
        while (stop < run_end && next < run_end && next - stop < longest_rewritten_gap) {
            stop = comparison_.next_sameness(next + 1, end);
            next = comparison_.next_difference(stop, end);
        }
        if (stop > run_end) {
            stop = run_end;
            next = stop;
        }
    }
    auto const like = line.at(first);
    auto x = first;
    if (x == 0 && to_.pending_wrap())
        put(y, x++, like);  // it may go on from the line above
    else
        reach(y, x);
    auto const* const text = reinterpret_cast<char const*>(line.bytes().data());
    auto repeatable = 0;
    if (repeat_ == repetition::used && stop - first > shortest_repetition) {
        comparison_.find_repetitions(line, end);
        repeatable = std::min(stop, columns_ - 2);  // libvterm takes a cursor that REP left in the last
                                                    // column for a pending wrap
    }
    for (auto at = comparison_.next_repetition(first + 1, repeatable); at < repeatable;) {
        auto const same = comparison_.end_of_repetition(at, repeatable);
        if (same - at > 3 + digits_of(static_cast<unsigned>(same - at))) {
            to_.print_run({text + x, static_cast<std::size_t>(at - x)}, like);
            to_.repeat(same - at);
            x = same;
        }
        at = comparison_.next_repetition(same, repeatable);
    }
    if (x < stop)
        to_.print_run({text + x, static_cast<std::size_t>(stop - x)}, like);
    return next;
}

int row_painter::paint_text(int y, int x, int end)
{
    auto const& line = now_[y];
    auto const here = line.at(x);
    put(y, x, here);
    if (here.shown.part() == glyph::role::wide)
        return x + 2;
    ++x;
    if (repeat_ == repetition::avoided || here.shown.is_cluster())
        return x;
    auto same = x;
    auto const differing = comparison_.next_sameness(x, std::min(end, columns_ - 2));
    while (same < differing && line.at(same) == here)
        ++same;
    auto const bytes_each = here.shown.value() < 0x80 ? 1 : here.shown.value() < 0x800 ? 2 : 3;
    auto const repeated = same - x;
    if (repeated * bytes_each <= 3 + digits_of(static_cast<unsigned>(repeated)))
        return x;
    to_.repeat(repeated);
    return same;
}

int row_painter::paint_blanks(int y, int x, int end)
{
    auto const& line = now_[y];
    auto const first = line.at(x);
    auto stop = x;
    while (stop < end && line.at(stop) == first)
        ++stop;
    auto last = x;
    for (auto each = x; each < stop; each = comparison_.next_difference(each + 1, stop))
        last = each;
    to_.go(y, x);
    to_.use_background(first.style);
    to_.erase_cells(last + 1 - x);
    return stop;
}

bool row_painter::flows_into(int y, int x, cell const& what) const
{
    return x == 0 && y > 0 && to_.pending_wrap() && to_.row() == y - 1 && now_[y - 1].wrapped() &&
           !to_.would_join(what);
}

void row_painter::put(int y, int x, cell const& what)
{
    if (flows_into(y, x, what)) {
        set_wraps(y - 1, true);
    } else {
        reach(y, x);
        if (to_.would_join(what))
            to_.part();
    }
    to_.print(what);
}

void row_painter::reach(int y, int x)
{
    auto const from = to_.column();
    if (to_.row() == y && from < x && x - from <= longest_rewritten_gap && is_plain_gap(y, from, x))
        for (int column = from; column < x; ++column)
            to_.print(now_[y].at(column));
    else
        to_.go(y, x);
}

/// Whether the cells between are letters in the look of the moment: then writing them is shorter than moving.
bool row_painter::is_plain_gap(int y, int from, int to) const
{
    auto const& line = now_[y];
    for (int x = from; x < to; ++x) {
        auto const each = line.at(x);
        if (!is_narrow_ascii(each.shown) || !(each.style == to_.look().style) || each.decoration != 0)
            return false;
    }
    return to_.look().underline.is_default();
}

void row_painter::unwrap(int y, int end)
{
    auto const& line = now_[y];
    auto const last = line.at(columns_ - 1).shown.part() == glyph::role::tail ? columns_ - 2 : columns_ - 1;
    auto const from = end < columns_ ? end : last;
    to_.go(y, from);
    to_.use_background(end < columns_ ? line.fill() : line.at(last).style);
    to_.erase_line_right();  // EL is what makes a line end where it ends
    if (from == last && end == columns_ && !line.at(last).shown.is_blank())
        put(y, last, line.at(last));
    set_wraps(y, false);
}

void row_painter::hold_wrap(int y)
{
    if (to_.pending_wrap() && to_.row() == y)
        return;
    auto const& line = now_[y];
    auto const last = line.at(columns_ - 1).shown.part() == glyph::role::tail ? columns_ - 2 : columns_ - 1;
    put(y, last, line.at(last));
    if (line.at(last).shown.is_blank())
        to_.erase_one_in_place();
}

void row_painter::wrap_through(int y)
{
    auto const& line = now_[y];
    auto const next = now_[y + 1].at(0);
    auto const last = line.at(columns_ - 1);
    auto const wraps_early = last.shown.is_blank() && to_.starts_wide(next);
    if (wraps_early) {
        to_.go(y, columns_ - 1);
        if (to_.would_join(next))
            to_.part();
        to_.print(next);
    } else {
        auto const head = last.shown.part() == glyph::role::tail ? columns_ - 2 : columns_ - 1;
        put(y, head, line.at(head));
        auto const joins = to_.would_join(next);
        to_.print(joins || next.shown.is_blank() ? blank_in(next.style) : next);
        if (joins)
            put(y + 1, 0, next);
        if (next.shown.is_blank()) {
            to_.go(y + 1, 0);
            to_.use_background(next.style);
            to_.erase_cells(1);
        }
        if (last.shown.is_blank()) {
            to_.go(y, columns_ - 1);
            to_.use_background(last.style);
            to_.erase_cells(1);
        }
    }
    set_wraps(y, true);
}

void row_painter::settle_wrap(int y)
{
    if (y + 1 < now_.rows() && now_[y].wrapped() && !wraps(y))
        wrap_through(y);
}

}  // namespace tendril::term::detail
