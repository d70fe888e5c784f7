#include <tendril/term/detail/controls.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

/// Blanks [@p from, @p to) of one line; selectively, only what is not guarded.
void erase_cells(state& s, row& line, int from, int to, erasure which)
{
    if (which == erasure::all) {
        line.erase(from, to, s.columns, s.blank_style());
        return;
    }
    auto const stored = std::min(to, line.used());
    for (int x = from; x < stored; ++x)
        if (!line.at(x).style.has(attribute::guarded))
            line.erase(x, x + 1, s.columns, s.blank_style());
    if (to > stored)
        line.erase(std::max(from, stored), to, s.columns, s.blank_style());
}

/// ED, EL and ECH spare cells guarded by SPA, not those guarded by DECSCA.
erasure sparing(state const& s, erasure which) noexcept
{
    return s.chosen.guard == protection::iso ? erasure::selective : which;
}

void erase_lines(state& s, int from, int to, erasure which)
{
    for (int y = from; y < to; ++y) {
        auto& line = s.lines()[y];
        erase_cells(s, line, 0, s.columns, which);
        if (which == erasure::all) {
            line.set_wrapped(false);
            line.set_size(line_size::single);
        }
    }
}

void erase_right(state& s, erasure which)
{
    erase_cells(s, s.line(), s.at.column, s.columns, which);
    if (which == erasure::all)
        s.line().set_wrapped(false);
    s.at.pending_wrap = false;
}

}  // namespace

void el(state& s, numbers n, erasure which)
{
    which = sparing(s, which);
    switch (n[0]) {
    case 0:
        erase_right(s, which);
        break;
    case 1:
        erase_cells(s, s.line(), 0, s.at.column + 1, which);
        break;
    case 2:
        erase_cells(s, s.line(), 0, s.columns, which);
        if (which == erasure::all)
            s.line().set_wrapped(false);
        break;
    default:
        break;
    }
}

void ed(state& s, numbers n, erasure which)
{
    which = sparing(s, which);
    switch (n[0]) {
    case 0:
        if (s.at.column == 0 && which == erasure::all)  // a line that is erased whole is one of single width
            s.line().set_size(line_size::single);
        erase_right(s, which);
        erase_lines(s, s.at.row + 1, s.rows, which);
        break;
    case 1:
        erase_lines(s, 0, s.at.row, which);
        erase_cells(s, s.line(), 0, s.at.column + 1, which);
        break;
    case 2:
        erase_lines(s, 0, s.rows, which);
        break;
    case 3:
        s.past.clear();
        break;
    default:
        break;
    }
}

void ech(state& s, numbers n)
{
    auto const end = std::min(s.at.column + n.at_or(0, 1), s.columns);
    erase_cells(s, s.line(), s.at.column, end, sparing(s, erasure::all));
    s.at.pending_wrap = false;
}

void decsca(state& s, numbers n)
{
    if (n[0] == 1)
        s.at.pen.style.set(attribute::guarded);
    else if (n[0] == 0 || n[0] == 2)
        s.at.pen.style.clear(attribute::guarded);
    if (n[0] <= 2)
        s.chosen.guard = protection::dec;
}

void spa(state& s)
{
    s.at.pen.style.set(attribute::guarded);
    s.chosen.guard = protection::iso;
}

void epa(state& s)
{
    s.at.pen.style.clear(attribute::guarded);
}

void decaln(state& s)
{
    s.reset_region();
    s.set_mode(mode::origin, false);
    move_to(s, 0, 0);
    std::string const line(static_cast<std::size_t>(s.columns), 'E');
    for (int y = 0; y < s.rows; ++y) {
        s.lines()[y].clear({});
        s.lines()[y].put_latin(0, line, {});
    }
}

}  // namespace tendril::term::detail
