#include <tendril/term/detail/reflow.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term::detail {

reflow::reflow(int from, int to, std::size_t held_back, history& above, std::array<text_place*, 3> places)
    : from_(from), to_(to), held_back_(held_back), above_(above)
{
    std::ranges::transform(places, places_.begin(), [](text_place* each) { return moving_place{each}; });
    held_.reserve(held_back);
}

/// How many columns of @p line are text. One that wrapped is full, but for the column that a wide character
/// at the start of @p next did not fit. A line of the history may be longer than the screen is wide: one
/// column is too narrow to lay anything out, so what was there kept its own width.
int reflow::length_of(row const& line, row const* next) const noexcept
{
    if (!line.wrapped() || !next)
        return line.used();
    auto const spared = line.used() < from_ && next->at(0).shown.part() == glyph::role::wide;
    return std::max(line.used(), spared ? from_ - 1 : from_);
}

/// How many columns are left of a line of double size: it has half the columns, and is cut, not laid out.
int reflow::cut_length_of(row const& line) const noexcept
{
    auto const length = std::min(line.used(), to_);
    return line.at(length).shown.part() == glyph::role::tail ? length - 1 : length;
}

void reflow::add(row const& line, row const* next)
{
    auto const is_large = line.size() != line_size::single;
    auto const length = is_large ? cut_length_of(line) : length_of(line, next);
    auto const goes_on = line.wrapped() && next && !is_large && next->size() == line_size::single;
    if (goes_on)
        for (auto& each : places_)
            if (!each.done && each.place->line == taken_ && each.place->column >= length)
                *each.place = {.line = taken_ + 1, .column = 0};
    lay_out(line, length);
    building_.set_size(line.size());
    if (!goes_on)
        end_line(line, length);
    going_on_ = goes_on;
    ++taken_;
}

void reflow::lay_out(row const& line, int length)
{
    for (int at = 0; at < length;) {
        auto count = std::min(to_ - column_, length - at);
        if (line.at(at + count).shown.part() == glyph::role::tail)
            --count;
        if (count == 0) {
            emit(true);
            continue;
        }
        building_.copy(line, at, at + count, column_);
        for (auto& each : places_) {
            auto const within = each.place->column - at;
            if (each.done || each.place->line != taken_ || within < 0 || within >= count)
                continue;
            *each.place = {.line = written_, .column = column_ + within};
            each.done = true;
        }
        at += count;
        column_ += count;
    }
}

void reflow::end_line(row const& line, int length)
{
    for (auto& each : places_) {
        if (each.done || each.place->line != taken_)
            continue;
        auto const behind = each.place->column - length;
        *each.place = {.line = written_,
                       .column = behind == 0 ? column_ : std::min(column_ + behind, to_ - 1)};
        each.done = true;
    }
    if (line.fill() != rendition())
        building_.erase(column_, to_, to_, line.fill());
    emit(false);
}

void reflow::emit(bool wrapped)
{
    building_.set_wrapped(wrapped);
    if (held_.size() < held_back_) {
        held_.push_back(std::exchange(building_, {}));
    } else {
        above_.push(held_[oldest_]);
        held_[oldest_] = std::move(building_);  // the move is a swap: the arrays are used again
        oldest_ = (oldest_ + 1) % held_.size();
    }
    building_.clear({});
    column_ = 0;
    ++written_;
}

std::vector<row> reflow::take_held()
{
    std::ranges::rotate(held_, held_.begin() + static_cast<std::ptrdiff_t>(oldest_));
    return std::move(held_);
}

}  // namespace tendril::term::detail
