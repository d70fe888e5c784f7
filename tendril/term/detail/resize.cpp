#include <tendril/term/detail/reflow.hpp>
#include <tendril/term/detail/state.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term::detail {

namespace {

/// Makes room for a lower height: blank lines below the cursor go first, then lines at the top, which the
/// primary screen gives to the history. Returns how far the text moved up.
int drop_rows(state& s, side which, int wanted, int cursor_row)
{
    auto& lines = s.screens[static_cast<std::size_t>(which)].lines;
    auto last = lines.rows() - 1;
    while (last >= wanted && last > cursor_row && lines[last].used() == 0)
        --last;
    auto const up = std::max(0, last + 1 - wanted);
    if (which == side::primary)
        for (int y = 0; y < up; ++y)
            s.past.push(lines[y]);
    if (up > 0)
        lines.rotate_up(0, last, up, {});
    return up;
}

void resize_screen(state& s, side which, int columns, int rows)
{
    auto& own = s.screens[static_cast<std::size_t>(which)];
    auto& live = which == s.shown ? s.at : own.saved;
    if (rows < own.lines.rows()) {
        auto const up = drop_rows(s, which, rows, live.row);
        live.row -= up;
        if (which == s.shown)
            own.saved.row -= up;
    }
    own.lines.set_rows(rows);
    for (int y = 0; y < rows; ++y)
        own.lines[y].truncate(columns);
    own.saved.column = std::clamp(own.saved.column, 0, columns - 1);
    own.saved.row = std::clamp(own.saved.row, 0, rows - 1);
}

/// How many rows of the primary screen, from the top, hold anything or the cursor.
int rows_in_use(grid const& lines, int cursor_row)
{
    auto count = lines.rows();
    while (count > cursor_row + 1 && lines[count - 1].used() == 0 && lines[count - 1].fill() == rendition())
        --count;
    return count;
}

/// The cursor as a place in the text: one that waits to wrap stands behind the last column.
text_place place_of(position const& at, std::uint64_t first_row)
{
    return {.line = first_row + static_cast<std::uint64_t>(at.row),
            .column = at.column + (at.pending_wrap ? 1 : 0)};
}

/// Puts the cursor back where its text went.
void put_back(position& at, text_place const& where, std::uint64_t top, grid_size size, bool autowrap)
{
    auto const behind = where.column >= size.columns;
    at.row = where.line < top ? 0 : std::min(static_cast<int>(where.line - top), size.rows - 1);
    at.column = behind ? size.columns - 1 : where.column;
    at.pending_wrap = behind && autowrap;
}

/// Lays out the primary screen and its history anew. A screen that is full keeps its last line at the bottom,
/// any other keeps its first at the top; text that has no room goes to the history.
void reflow_primary(state& s, grid_size size)
{
    auto& own = s.screens[static_cast<std::size_t>(side::primary)];
    auto& live = s.shown == side::primary ? s.at : own.saved;
    auto const& rows = std::as_const(own.lines);
    auto const in_use = rows_in_use(rows, live.row);
    auto const old_lines = s.past.size();
    auto const full = in_use == rows.rows();

    auto cursor = place_of(live, old_lines);
    auto saved = place_of(own.saved, old_lines);
    text_place top{.line = old_lines, .column = 0};
    history above(s.limits.history_lines, s.limits.history_bytes);
    reflow layout(s.columns, size.columns, size.rows, above, {&cursor, &saved, &top});
    row current;
    row next;
    if (old_lines != 0)
        s.past.read(0, next);
    for (std::size_t i = 0; i < old_lines; ++i) {
        std::swap(current, next);
        auto const last = i + 1 == old_lines;
        if (!last)
            s.past.read(i + 1, next);
        layout.add(current, last ? &rows[0] : &next);
    }
    for (int y = 0; y < in_use; ++y)
        layout.add(rows[y], y + 1 < in_use ? &rows[y + 1] : nullptr);

    auto held = layout.take_held();
    auto const first_held = layout.lines() - held.size();
    auto const kept = std::min<std::uint64_t>(size.rows, static_cast<std::uint64_t>(rows.rows()));
    auto const wanted = full ? layout.lines() - std::min(layout.lines(), kept) : top.line;
    auto const first = std::max(wanted, first_held);
    auto const to_history = static_cast<std::size_t>(first - first_held);
    for (std::size_t i = 0; i < to_history; ++i)
        above.push(held[i]);
    own.lines.set_rows(size.rows);
    own.lines.clear();
    for (std::size_t i = to_history; i < held.size(); ++i)
        own.lines.take(static_cast<int>(i - to_history), std::move(held[i]));
    above.renumber(s.past.pushed() + (above.size() > old_lines ? above.size() - old_lines : 0));
    s.past = std::move(above);

    auto const autowrap = s.is(mode::autowrap);
    put_back(own.saved, saved, first, size, autowrap);
    put_back(live, cursor, first, size, autowrap);
}

}  // namespace

void resize(state& s, grid_size size)
{
    int const columns = std::max<int>(1, size.columns);
    int const rows = std::max<int>(1, size.rows);
    if (columns == s.columns && rows == s.rows)
        return;
    s.advance_generation();
    auto const reflows = s.limits.on_resize == resize_policy::reflow && columns != s.columns &&
                         std::min(columns, s.columns) > 1;
    if (reflows)
        reflow_primary(s, {static_cast<std::uint16_t>(columns), static_cast<std::uint16_t>(rows)});
    else
        resize_screen(s, side::primary, columns, rows);
    resize_screen(s, side::alternate, columns, rows);
    s.columns = columns;
    s.rows = rows;
    s.tabs.set_columns(columns);
    s.reset_region();
    s.join.open = false;
    auto const pending = s.at.pending_wrap && s.at.column == columns - 1;
    move_to(s, s.at.column, s.at.row);
    s.at.pending_wrap = pending;
    if (s.is(mode::resize_reports))
        reply(s, "\x1b[48;" + std::to_string(rows) + ";" + std::to_string(columns) + ";0;0t");
}

}  // namespace tendril::term::detail
