#include <tendril/term/detail/line_stream.hpp>
#include <tendril/term/detail/seen_line.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

cell blank_in(rendition fill) noexcept
{
    return {.style = fill, .shown = {}, .decoration = 0};
}

bool is_ascii_text(std::uint8_t byte) noexcept
{
    return byte >= 0x20 && byte < 0x7F;
}

}  // namespace

line_stream::line_stream(terminal const& of, screen_writer& to)
    : to_(to), columns_(of.size().columns), last_row_(of.size().rows - 1)
{
}

void line_stream::write(row const& line, row const* next)
{
    paint(line);
    if (line.wrapped() && next) {
        flow_into(line, *next);
        return;
    }
    set_size(row_, line.size());
    if (next)
        start_line();
}

void line_stream::paint(row const& line)
{
    auto const end = std::min(text_end(line), columns_);
    for (auto x = start_; x < end;) {
        auto const here = line.at(x);
        if (here.shown.is_blank()) {
            x = paint_blanks(line, x, end);
        } else if (!line.bytes().empty() && here.decoration == 0 &&
                   is_ascii_text(line.bytes()[static_cast<std::size_t>(x)])) {
            x = paint_run(line, x, end);
        } else {
            auto const wide = here.shown.part() == glyph::role::wide;
            if (wide && x + 2 > columns_)
                break;
            to_.go(row_, x);
            if (to_.would_join(here))
                to_.part();
            to_.print(here);
            x += wide ? 2 : 1;
        }
    }
    if (end < columns_ && !(line.fill() == fill_)) {
        to_.go(row_, end);
        to_.use_background(line.fill());
        to_.erase_line_right();
    }
}

/// Letters in one look, in one piece.
int line_stream::paint_run(row const& line, int x, int end)
{
    auto const bytes = line.bytes();
    auto const styles = line.styles();
    auto const decorations = line.decorations();
    auto stop = static_cast<std::size_t>(x) + 1;
    for (auto const first = stop - 1; stop < static_cast<std::size_t>(end) && is_ascii_text(bytes[stop]) &&
                                      (styles.empty() || styles[stop] == styles[first]) &&
                                      (decorations.empty() || decorations[stop] == 0);)
        ++stop;
    to_.go(row_, x);
    to_.print_run({reinterpret_cast<char const*>(bytes.data()) + x, stop - static_cast<std::size_t>(x)},
                  line.at(x));
    return static_cast<int>(stop);
}

int line_stream::paint_blanks(row const& line, int x, int end)
{
    auto const first = line.at(x);
    auto stop = x + 1;
    while (stop < end && line.at(stop) == first)
        ++stop;
    if (!(first == blank_in(fill_))) {
        to_.go(row_, x);
        to_.use_background(first.style);
        to_.erase_cells(stop - x);
    }
    return stop;
}

void line_stream::start_line()
{
    if (to_.row() != row_)
        to_.go(row_, 0);
    to_.use_background({});  // a row that scrolls in takes the background of the moment
    to_.raw("\r\n");
    enter_next_row({});
    to_.assume_position(row_, 0);
    start_ = 0;
}

void line_stream::enter_next_row(rendition fill) noexcept
{
    fill_ = row_ == last_row_ ? fill : rendition();
    row_ = std::min(row_ + 1, last_row_);
}

void line_stream::flow_into(row const& line, row const& next)
{
    auto const last = line.at(columns_ - 1);
    auto const first = next.at(0);
    auto const wraps_early = last.shown.is_blank() && to_.starts_wide(first);
    auto joins = false;
    if (wraps_early) {
        to_.go(row_, columns_ - 1);
        to_.print(first);
    } else {
        auto const head = last.shown.part() == glyph::role::tail ? columns_ - 2 : columns_ - 1;
        if (!to_.pending_wrap() || to_.row() != row_) {
            to_.go(row_, head);
            to_.print(line.at(head));
        }
        joins = to_.would_join(first);
        to_.print(joins || first.shown.is_blank() ? blank_in(first.style) : first);
    }
    auto const printed = to_.printed();
    auto const column = to_.column();
    enter_next_row(first.style.erased());
    to_.assume_position(row_, column);
    to_.assume_printed(printed);
    start_ = column;
    if (joins) {
        to_.go(row_, 0);
        to_.print(first);
        start_ = to_.column();
    } else if (first.shown.is_blank()) {
        to_.go(row_, 0);
        to_.use_background(first.style);
        to_.erase_cells(1);
    }
    if (row_ == 0)
        return;
    if (last.shown.is_blank() && !wraps_early) {
        to_.go(row_ - 1, columns_ - 1);
        to_.use_background(last.style);
        to_.erase_cells(1);
    }
    set_size(row_ - 1, line.size());
}

/// To be called when a line is whole: all of its cells are there then, seen or not.
void line_stream::set_size(int row, line_size size)
{
    if (size == line_size::single)
        return;
    to_.go(row, 0);
    to_.choose_line_size(size);
}

}  // namespace tendril::term::detail
