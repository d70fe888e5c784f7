#include <tendril/term/detail/controls.hpp>

#include <algorithm>

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

}  // namespace

void resize(state& s, grid_size size)
{
    int const columns = std::max<int>(1, size.columns);
    int const rows = std::max<int>(1, size.rows);
    if (columns == s.columns && rows == s.rows)
        return;
    s.advance_generation();
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
        report_size(s);
}

void resize_on_request(state& s, int columns, int rows)
{
    columns = std::clamp(columns, 1, static_cast<int>(s.limits.requested_side));
    rows = std::clamp(rows, 1, static_cast<int>(s.limits.requested_side));
    grid_size const wanted{static_cast<std::uint16_t>(columns), static_cast<std::uint16_t>(rows)};
    if (s.host.resizes)
        resize(s, wanted);
    notify(s, {.what = event::kind::resize, .on = s.host.resizes, .size = wanted});
}

}  // namespace tendril::term::detail
