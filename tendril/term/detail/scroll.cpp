#include <tendril/term/detail/controls.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

/// Calls @p edit with each row of the region, if the cursor is in it.
template <typename Edit>
void in_region(state& s, Edit&& edit)
{
    for (int y = s.region.top; y <= s.region.bottom; ++y)
        edit(s.lines()[y]);
}

void insert_columns(state& s, int column, int count)
{
    in_region(s, [&](row& line) { line.insert(column, s.region.right + 1, count, s.blank_style()); });
}

void remove_columns(state& s, int column, int count)
{
    in_region(s, [&](row& line) { line.remove(column, s.region.right + 1, count, s.blank_style()); });
}

}  // namespace

void ind(state& s)
{
    s.at.pending_wrap = false;
    if (s.at.row == s.region.bottom) {
        if (s.full_width())
            scroll_line_up(s);
        else if (s.within_sides())
            scroll_up(s, s.region.top, s.region.bottom, 1, scrolled_lines::kept);
    } else if (s.at.row < s.rows - 1) {
        ++s.at.row;
        s.keep_in_line();
    }
}

void nel(state& s)
{
    ind(s);  // first: outside the side margins it must not scroll
    cr(s);
}

void ri(state& s)
{
    s.at.pending_wrap = false;
    if (s.at.row == s.region.top) {
        if (s.within_sides())
            scroll_down(s, s.region.top, s.region.bottom, 1);
    } else if (s.at.row > 0) {
        --s.at.row;
        s.keep_in_line();
    }
}

void lf(state& s)
{
    ind(s);
    if (s.is(mode::newline))
        cr(s);
}

void su(state& s, numbers n)
{
    scroll_up(s, s.region.top, s.region.bottom, n.at_or(0, 1), scrolled_lines::kept);
}

void sd(state& s, numbers n)
{
    scroll_down(s, s.region.top, s.region.bottom, n.at_or(0, 1));
}

void sl(state& s, numbers n)
{
    if (s.within_region())
        remove_columns(s, s.region.left, n.at_or(0, 1));
}

void sr(state& s, numbers n)
{
    if (s.within_region())
        insert_columns(s, s.region.left, n.at_or(0, 1));
}

void decic(state& s, numbers n)
{
    if (s.within_region())
        insert_columns(s, s.at.column, n.at_or(0, 1));
}

void decdc(state& s, numbers n)
{
    if (s.within_region())
        remove_columns(s, s.at.column, n.at_or(0, 1));
}

void decbi(state& s)
{
    s.at.pending_wrap = false;
    if (s.at.column == s.region.left && s.within_region())
        insert_columns(s, s.region.left, 1);
    else if (s.at.column > 0 && s.at.column != s.region.left)
        --s.at.column;
}

void decfi(state& s)
{
    s.at.pending_wrap = false;
    if (s.at.column == s.region.right && s.within_region())
        remove_columns(s, s.region.left, 1);
    else if (s.at.column < s.columns - 1 && s.at.column != s.region.right)
        ++s.at.column;
}

void decstbm(state& s, numbers n)
{
    auto const top = n.at_or(0, 1) - 1;
    auto const bottom = std::min(n.at_or(1, s.rows), s.rows) - 1;
    if (top >= bottom)
        return;
    s.region.top = top;
    s.region.bottom = bottom;
    cup(s, {});
}

void decslrm(state& s, numbers n)
{
    auto const left = n.at_or(0, 1) - 1;
    auto const right = std::min(n.at_or(1, s.columns), s.columns) - 1;
    if (left >= right)
        return;
    s.region.left = left;
    s.region.right = right;
    cup(s, {});
}

}  // namespace tendril::term::detail
