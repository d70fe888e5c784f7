#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/row_painter.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tendril::term::detail {

namespace {

constexpr int longest_rewritten_gap = 4;  // what a CUF of two to nine columns takes

cell blank_in(rendition fill) noexcept
{
    return {.style = fill, .shown = {}, .decoration = 0};
}

/// Whether @p was is not yet blank in the fill of @p line from @p end on.
bool differs_behind(int end, row const& was, row const& line) noexcept
{
    return !(was.fill() == line.fill()) || text_end(was) > end;
}

bool is_narrow_ascii(glyph shown) noexcept
{
    return shown.part() == glyph::role::narrow && !shown.is_cluster() && !shown.is_blank() &&
           shown.value() < 0x80;
}

/// The first column from @p x on, before @p end, where the two differ; @p end if none does.
int first_difference(row const& line, row const& was, int x, int end) noexcept
{
    auto const now_bytes = line.bytes();
    auto const was_bytes = was.bytes();
    auto const both =
        static_cast<int>(std::min({now_bytes.size(), was_bytes.size(), static_cast<std::size_t>(end)}));
    if (x < both && line.decorations().empty() && was.decorations().empty()) {
        auto const now_styles = line.styles();
        auto const was_styles = was.styles();
        auto const style_at = [](std::span<rendition const> styles, int column) {
            return styles.empty() ? rendition() : styles[static_cast<std::size_t>(column)];
        };
        auto const plain = now_styles.empty() && was_styles.empty();
        while (x < both && now_bytes[static_cast<std::size_t>(x)] == was_bytes[static_cast<std::size_t>(x)] &&
               (plain || style_at(now_styles, x) == style_at(was_styles, x)))
            ++x;
        if (x < both)
            return x;
    }
    while (x < end && line.at(x) == was.at(x))
        ++x;
    return x;
}

/// How many of @p bytes from @p x on are the same.
int length_of_repetition(std::span<std::uint8_t const> bytes, int x, int end) noexcept
{
    auto same = x + 1;
    while (same < end && bytes[static_cast<std::size_t>(same)] == bytes[static_cast<std::size_t>(x)])
        ++same;
    return same - x;
}

}  // namespace

int text_end(row const& line) noexcept
{
    auto end = line.used();
    while (end > 0 && line.at(end - 1) == blank_in(line.fill()))
        --end;
    return end;
}

void row_painter::paint(int y)
{
    auto const& line = now_.line(y);
    auto const& was = client_[static_cast<std::size_t>(y)];
    auto const end = text_end(line);
    for (auto x = first_difference(line, was, 0, end); x < end; x = first_difference(line, was, x, end)) {
        auto const here = line.at(x);
        if (here.shown.is_blank())
            x = paint_blanks(y, x, end, was);
        else if (here.decoration == 0 && is_narrow_ascii(here.shown) && !line.bytes().empty())
            x = paint_run(y, x, end, was);
        else
            x = paint_text(y, x, end, was);
    }
    if (end < columns_ && differs_behind(end, was, line)) {
        to_.go(y, end);
        to_.use_background(line.fill());
        to_.erase_line_right();
        set_wraps(y, false);
    }
    if (wraps(y) && !line.wrapped())
        unwrap(y, end);
}

/// ASCII in one look, one byte a column: as far as it differs, short gaps included, in one go.
int row_painter::paint_run(int y, int x, int end, row const& was)
{
    auto const& line = now_.line(y);
    auto const bytes = line.bytes();
    auto const styles = line.styles();
    auto const decorations = line.decorations();
    auto const like = line.at(x);
    auto stop = x;
    auto const belongs = [&](int column) {
        auto const byte = bytes[static_cast<std::size_t>(column)];
        return byte >= 0x20 && byte < 0x7F &&
               (decorations.empty() || decorations[static_cast<std::size_t>(column)] == 0) &&
               (styles.empty() || styles[static_cast<std::size_t>(column)] == like.style);
    };
    auto const was_bytes = was.bytes();
    auto const was_styles = was.styles();
    auto const is_simple = was.decorations().empty();
    auto const is_same = [&](int column) {  // of cells that belong
        auto const index = static_cast<std::size_t>(column);
        if (!is_simple || index >= was_bytes.size())
            return line.at(column) == was.at(column);
        return was_bytes[index] == bytes[index] &&
               (was_styles.empty() ? rendition() : was_styles[index]) == like.style;
    };
    for (auto last = x; stop < end && stop - last <= longest_rewritten_gap && belongs(stop); ++stop)
        if (!is_same(stop))
            last = stop;
    while (stop > x + 1 && is_same(stop - 1))
        --stop;
    put(y, x, like);
    for (++x; x < stop;) {
        auto const repeated = length_of_repetition(bytes, x - 1, std::min(stop, columns_ - 2)) - 1;
        if (repeat_ == repetition::used && repeated > 3 + digits_of(static_cast<unsigned>(repeated))) {
            to_.repeat(repeated);
            x += repeated;
            continue;
        }
        auto next = x + 1;
        while (next < stop &&
               bytes[static_cast<std::size_t>(next)] != bytes[static_cast<std::size_t>(next) - 1])
            ++next;
        to_.print_run({reinterpret_cast<char const*>(bytes.data()) + x, static_cast<std::size_t>(next - x)},
                      like);
        x = next;
    }
    return stop;
}

int row_painter::paint_text(int y, int x, int end, row const& was)
{
    auto const& line = now_.line(y);
    auto const here = line.at(x);
    put(y, x, here);
    if (here.shown.part() == glyph::role::wide)
        return x + 2;
    ++x;
    if (repeat_ == repetition::avoided || here.shown.is_cluster())
        return x;
    auto same = x;
    // Short of the last two columns: libvterm takes a cursor that REP left in the last for a pending wrap.
    while (same < std::min(end, columns_ - 2) && line.at(same) == here && !(was.at(same) == here))
        ++same;
    auto const bytes_each = here.shown.value() < 0x80 ? 1 : here.shown.value() < 0x800 ? 2 : 3;
    auto const repeated = same - x;
    if (repeated * bytes_each <= 3 + digits_of(static_cast<unsigned>(repeated)))
        return x;
    to_.repeat(repeated);
    return same;
}

int row_painter::paint_blanks(int y, int x, int end, row const& was)
{
    auto const& line = now_.line(y);
    auto const first = line.at(x);
    auto last = x;
    auto stop = x;
    for (; stop < end && line.at(stop) == first; ++stop)
        if (!(was.at(stop) == first))
            last = stop;
    to_.go(y, x);
    to_.use_background(first.style);
    to_.erase_cells(last + 1 - x);
    return stop;
}

bool row_painter::flows_into(int y, int x, cell const& what) const
{
    return x == 0 && y > 0 && to_.pending_wrap() && to_.row() == y - 1 && now_.line(y - 1).wrapped() &&
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
            to_.print(now_.line(y).at(column));
    else
        to_.go(y, x);
}

/// Whether the cells between are letters in the look of the moment: then writing them is shorter than moving.
bool row_painter::is_plain_gap(int y, int from, int to) const
{
    auto const& line = now_.line(y);
    for (int x = from; x < to; ++x) {
        auto const each = line.at(x);
        if (!is_narrow_ascii(each.shown) || !(each.style == to_.look().style) || each.decoration != 0)
            return false;
    }
    return to_.look().underline.is_default();
}

void row_painter::unwrap(int y, int end)
{
    auto const& line = now_.line(y);
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
    auto const& line = now_.line(y);
    auto const last = line.at(columns_ - 1).shown.part() == glyph::role::tail ? columns_ - 2 : columns_ - 1;
    put(y, last, line.at(last));
    if (line.at(last).shown.is_blank())
        to_.erase_one_in_place();
}

void row_painter::wrap_through(int y)
{
    auto const& line = now_.line(y);
    auto const next = now_.line(y + 1).at(0);
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
    if (y + 1 < now_.size().rows && now_.line(y).wrapped() && !wraps(y))
        wrap_through(y);
}

}  // namespace tendril::term::detail
