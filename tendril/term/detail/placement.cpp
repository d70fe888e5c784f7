#include <tendril/term/detail/charset_name.hpp>
#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/placement.hpp>
#include <tendril/term/detail/presentation.hpp>

#include <string>
#include <string_view>

namespace tendril::term::detail {

namespace {

cell cell_of(pen const& held) noexcept
{
    return {.style = held.style, .shown = {}, .decoration = held.decoration};
}

std::string numbers_between(int first, int second, char final)
{
    return "\x1b[" + std::to_string(first + 1) + ";" + std::to_string(second + 1) + final;
}

/// Whether the pending wrap comes about by printing what is in the cell where it is. A blank is printed and
/// erased by DECERA, whose corners origin mode counts from the margins.
bool is_printable_wrap(position const& at, row const& line, int last_column,
                       bool counts_from_margins) noexcept
{
    auto const shown = line.at(at.column).shown;
    return at.column == last_column && shown.part() != glyph::role::wide &&
           !(shown.is_blank() && counts_from_margins);
}

}  // namespace

void placement::use_charsets(charset_state const& wanted)
{
    for (std::size_t i = 0; i < wanted.sets.size(); ++i)
        if (sets_.sets[i] != wanted.sets[i])
            to_.raw(designation(wanted.sets[i], i));
    constexpr std::string_view left[] = {"\x0f", "\x0e", "\x1bn", "\x1bo"};
    constexpr std::string_view right[] = {"", "\x1b~", "\x1b}", "\x1b|"};
    if (sets_.left != wanted.left)
        to_.raw(left[wanted.left]);
    if (sets_.right != wanted.right)
        to_.raw(right[wanted.right]);
    sets_ = wanted;
}

/// DECRSPS says what no text and no movement can bring about; the pen is taken to be none.
void placement::restore(position const& at, bool origin)
{
    auto without_pen = at;
    without_pen.pen = {};
    to_.raw("\x1bP1$t" + cursor_report(without_pen, origin) + "\x1b\\\x1b[m");
    to_.assume_pen({}, false);
    to_.forget_position();
    sets_ = at.charsets;
    sets_.single_shift = charset_state::no_shift;
}

void placement::put(position const& at, grid const& lines, margins const& region, bool origin)
{
    auto const& line = lines[at.row];
    auto const last_column =
        at.column <= region.right ? std::min(region.right, line.visible(s_.columns) - 1) : s_.columns - 1;
    auto const is_outside = origin && (at.row < region.top || at.row > region.bottom ||
                                       at.column < region.left || at.column > region.right);
    auto const counts_from_margins = origin && (region.top != 0 || region.left != 0);
    to_.raw(numbers_between(at.row - (origin ? region.top : 0), at.column - (origin ? region.left : 0), 'H'));
    to_.assume_position(at.row, at.column);
    if (is_outside || at.charsets.right == 0 || at.charsets.single_shift != charset_state::no_shift ||
        (at.pending_wrap && !is_printable_wrap(at, line, last_column, counts_from_margins))) {
        restore(at, origin);
    } else if (at.pending_wrap) {
        auto const is_tail = line.at(at.column).shown.part() == glyph::role::tail;
        auto const head = is_tail ? at.column - 1 : at.column;
        to_.use(line.at(head));
        if (is_tail)
            to_.raw("\b");
        to_.print(line.at(head));
        to_.assume_position(at.row, at.column);
        if (line.at(head).shown.is_blank())  // DECERA does not end the pending wrap
            to_.erase_one_in_place();
    }
    to_.use(cell_of(at.pen));
    use_charsets(at.charsets);
}

void placement::save(screen const& of_which, std::string_view save)
{
    auto const& at = of_which.saved;
    margins region{0, s_.rows - 1, 0, s_.columns - 1};
    auto const needs_margin =
        at.pending_wrap && at.column > 0 && at.column < of_which.lines[at.row].visible(s_.columns) - 1;
    if (needs_margin) {
        region.right = at.column;
        to_.raw("\x1b[?69h" + numbers_between(0, at.column, 's'));
    }
    if (at.origin)
        to_.raw("\x1b[?6h");
    put(at, of_which.lines, region, at.origin);
    to_.raw(save);
    if (at.charsets.single_shift != charset_state::no_shift) {
        auto shifted = at;
        shifted.charsets.single_shift = charset_state::no_shift;
        restore(shifted, at.origin);
    }
    to_.raw(at.origin ? "\x1b[?6l" : "");
    to_.raw(needs_margin ? "\x1b[?69l" : "");
    to_.use({});
    use_charsets({});
    to_.forget_position();
}

void placement::write_margins()
{
    auto const& region = s_.region;
    if (region.top != 0 || region.bottom != s_.rows - 1)
        to_.raw(numbers_between(region.top, region.bottom, 'r'));
    if (s_.is(mode::left_right_margins))
        to_.raw("\x1b[?69h");
    if (!s_.full_width())
        to_.raw(numbers_between(region.left, region.right, 's'));
    if (s_.is(mode::origin))
        to_.raw("\x1b[?6h");
}

void placement::finish()
{
    write_margins();
    auto region = s_.region;
    auto const needs_margin = s_.at.pending_wrap && !s_.is(mode::left_right_margins) && s_.at.column > 0 &&
                              s_.at.column < s_.lines()[s_.at.row].visible(s_.columns) - 1;
    if (needs_margin) {  // setting one moves the cursor, taking it away does not
        region.right = s_.at.column;
        to_.raw("\x1b[?69h" + numbers_between(0, s_.at.column, 's'));
    }
    put(s_.at, s_.lines(), region, s_.is(mode::origin));
    to_.raw(needs_margin ? "\x1b[?69l" : "");
    constexpr std::string_view shifts[] = {"", "", "\x1bN", "\x1bO"};
    if (auto const shift = s_.at.charsets.single_shift; shift != charset_state::no_shift)
        to_.raw(shifts[shift & 3]);
}

}  // namespace tendril::term::detail
