#include <tendril/term/detail/controls.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

/// Moves left as CUB and BS do. With reverse wrap the first column leads to the end of the line above:
/// mode 45 only if that line wrapped, mode 1045 always, from the top line to the bottom (xterm 383).
void move_left(state& s, int count)
{
    auto const extended = s.is(mode::extended_reverse_wrap);
    auto const wraps = s.is(mode::autowrap) && (extended || s.is(mode::reverse_wrap));
    if (!wraps) {
        auto const limit = s.at.column >= s.region.left ? s.region.left : 0;
        move_to(s, std::max(limit, s.at.column - count), s.at.row);
        return;
    }
    count = std::min(count, s.columns * s.rows);  // more than once round the screen is no use
    if (s.at.pending_wrap) {
        s.at.pending_wrap = false;  // the first step leaves the phantom column
        --count;
    }
    for (; count > 0; --count) {
        auto const limit = s.at.column >= s.region.left ? s.region.left : 0;
        if (s.at.column > limit) {
            --s.at.column;
            continue;
        }
        auto const top = s.at.row >= s.region.top ? s.region.top : 0;
        auto const above = s.at.row > top ? s.at.row - 1 : s.region.bottom;
        if (!extended && (above > s.at.row || !s.lines()[above].wrapped()))
            return;
        move_to(s, s.region.right, above);
    }
}

int origin_row(state const& s) noexcept
{
    return s.is(mode::origin) ? s.region.top : 0;
}

int origin_column(state const& s) noexcept
{
    return s.is(mode::origin) ? s.region.left : 0;
}

int last_row(state const& s) noexcept
{
    return s.is(mode::origin) ? s.region.bottom : s.rows - 1;
}

int last_column(state const& s) noexcept
{
    return s.is(mode::origin) ? s.region.right : s.columns - 1;
}

}  // namespace

void bs(state& s)
{
    move_left(s, 1);
}

void cub(state& s, numbers n)
{
    move_left(s, n.at_or(0, 1));
}

void cr(state& s)
{
    if (s.region.left == 0) {  // every line has a first column
        s.at.column = 0;
        s.at.pending_wrap = false;
        return;
    }
    auto const home = s.at.column >= s.region.left || s.is(mode::origin) ? s.region.left : 0;
    move_to(s, home, s.at.row);
}

void ht(state& s)
{
    if (s.at.pending_wrap && s.is(mode::more_fix)) {  // curses wrote a tab where it meant a new line
        cr(s);
        ind(s);
    }
    auto const target = s.tabs.after(s.at.column, s.text_end() - 1);
    if (target != s.at.column)  // at the margin a pending wrap stays
        move_to(s, target, s.at.row);
}

void cht(state& s, numbers n)
{
    for (auto left = std::min(n.at_or(0, 1), s.columns); left > 0; --left)
        ht(s);
}

void cbt(state& s, numbers n)
{
    auto const limit = s.is(mode::origin) ? s.region.left : 0;
    for (auto left = std::min(n.at_or(0, 1), s.columns); left > 0; --left)
        move_to(s, s.tabs.before(s.at.column, limit), s.at.row);
}

void cuu(state& s, numbers n)
{
    auto const limit = s.at.row >= s.region.top ? s.region.top : 0;
    move_to(s, s.at.column, std::max(limit, s.at.row - n.at_or(0, 1)));
}

void cud(state& s, numbers n)
{
    auto const limit = s.at.row <= s.region.bottom ? s.region.bottom : s.rows - 1;
    move_to(s, s.at.column, std::min(limit, s.at.row + n.at_or(0, 1)));
}

void cuf(state& s, numbers n)
{
    move_to(s, std::min(s.text_end() - 1, s.at.column + n.at_or(0, 1)), s.at.row);
}

void cnl(state& s, numbers n)
{
    cud(s, n);
    cr(s);
}

void cpl(state& s, numbers n)
{
    cuu(s, n);
    cr(s);
}

void cha(state& s, numbers n)
{
    auto const column = origin_column(s) + n.at_or(0, 1) - 1;
    move_to(s, std::min(column, last_column(s)), s.at.row);
}

void hpr(state& s, numbers n)
{
    move_to(s, std::min(s.at.column + n.at_or(0, 1), last_column(s)), s.at.row);
}

void vpa(state& s, numbers n)
{
    auto const row = origin_row(s) + n.at_or(0, 1) - 1;
    move_to(s, s.at.column, std::min(row, last_row(s)));
}

void vpr(state& s, numbers n)
{
    move_to(s, s.at.column, std::min(s.at.row + n.at_or(0, 1), last_row(s)));
}

void cup(state& s, numbers n)
{
    auto const row = origin_row(s) + n.at_or(0, 1) - 1;
    auto const column = origin_column(s) + n.at_or(1, 1) - 1;
    move_to(s, std::min(column, last_column(s)), std::min(row, last_row(s)));
}

void hts(state& s)
{
    s.tabs.set(s.at.column);
}

void tbc(state& s, numbers n)
{
    if (n[0] == 0)
        s.tabs.clear(s.at.column);
    else if (n[0] == 3)
        s.tabs.clear_all();
}

void decst8c(state& s, numbers n)
{
    if (n[0] == 5)
        s.tabs.every_eighth();
}

void decsc(state& s)
{
    auto& saved = s.current().saved;
    saved = s.at;
    saved.origin = s.is(mode::origin);
}

void decrc(state& s)
{
    auto const& saved = s.current().saved;
    s.at = saved;
    s.set_mode(mode::origin, saved.origin);
    move_to(s, saved.column, saved.row);
    s.at.pending_wrap = saved.pending_wrap && s.is(mode::autowrap);
}

}  // namespace tendril::term::detail
