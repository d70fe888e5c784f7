#include <tendril/term/row.hpp>

#include <algorithm>

namespace tendril::term {

namespace {

cell blank(rendition style) noexcept
{
    return {.style = style, .shown = {}, .decoration = 0};
}

std::size_t index_of(int column) noexcept
{
    return static_cast<std::size_t>(column);
}

}  // namespace

void row::extend(int columns)
{
    if (cells_.size() < index_of(columns))
        cells_.resize(index_of(columns), blank(fill_));
}

void row::trim() noexcept
{
    auto const empty = blank(fill_);
    while (!cells_.empty() && cells_.back() == empty)
        cells_.pop_back();
}

void row::detach(int column) noexcept
{
    auto const index = index_of(column);
    if (column <= 0 || index >= cells_.size() || cells_[index].shown.part() != glyph::role::tail)
        return;
    cells_[index] = blank(cells_[index].style.erased());
    cells_[index - 1] = blank(cells_[index - 1].style.erased());
}

void row::put_ascii(int column, std::string_view ascii, cell const& like)
{
    auto const from = index_of(column);
    auto const to = from + ascii.size();
    detach(column);
    detach(static_cast<int>(to));
    if (cells_.size() < from)
        cells_.resize(from, blank(fill_));
    auto value = like;
    auto const over = std::min(cells_.size(), to) - from;
    auto* into = cells_.data() + from;
    for (std::size_t i = 0; i < over; ++i) {
        value.shown = glyph::character(static_cast<unsigned char>(ascii[i]));
        into[i] = value;
    }
    for (auto i = over; i < ascii.size(); ++i) {
        value.shown = glyph::character(static_cast<unsigned char>(ascii[i]));
        cells_.push_back(value);
    }
}

void row::put(int column, cell const& what)
{
    auto const wide = what.shown.part() == glyph::role::wide;
    if (index_of(column) == cells_.size()) {  // the usual case: text that grows to the right
        cells_.push_back(what);
        if (wide)
            cells_.push_back({what.style, glyph::tail(), what.decoration});
        return;
    }
    auto const end = column + (wide ? 2 : 1);
    detach(column);
    detach(end);
    extend(end);
    cells_[index_of(column)] = what;
    if (wide)
        cells_[index_of(column) + 1] = {what.style, glyph::tail(), what.decoration};
}

void row::amend(int column, cell const& what)
{
    extend(column + 1);
    cells_[index_of(column)] = what;
    if (what.shown.part() == glyph::role::wide && index_of(column) + 1 < cells_.size()) {
        cells_[index_of(column) + 1].style = what.style;
        cells_[index_of(column) + 1].decoration = what.decoration;
    }
}

void row::erase(int from, int to, int columns, rendition fill)
{
    detach(from);
    detach(to);
    if (to >= columns && (fill == fill_ || from == 0)) {
        cells_.resize(std::min(cells_.size(), index_of(from)));
        fill_ = fill;
        trim();
        return;
    }
    if (to >= columns) {
        extend(from);
        cells_.resize(index_of(from));
        fill_ = fill;
        return;
    }
    if (fill == fill_ && index_of(from) >= cells_.size())
        return;
    extend(to);
    std::fill(cells_.begin() + from, cells_.begin() + to, blank(fill));
    trim();
}

void row::insert(int from, int to, int count, rendition fill)
{
    count = std::min(count, to - from);
    if (count <= 0 || (index_of(from) >= cells_.size() && fill == fill_))
        return;
    detach(from);
    detach(to);
    detach(to - count);
    extend(to);
    std::move_backward(cells_.begin() + from, cells_.begin() + (to - count), cells_.begin() + to);
    std::fill_n(cells_.begin() + from, count, blank(fill));
    trim();
}

void row::remove(int from, int to, int count, rendition fill)
{
    count = std::min(count, to - from);
    if (count <= 0 || (index_of(from) >= cells_.size() && fill == fill_))
        return;
    detach(from);
    detach(from + count);
    detach(to);
    extend(to);
    std::move(cells_.begin() + (from + count), cells_.begin() + to, cells_.begin() + from);
    std::fill(cells_.begin() + (to - count), cells_.begin() + to, blank(fill));
    trim();
}

void row::copy(row const& other, int from, int to, int target)
{
    auto const count = to - from;
    std::vector<cell> taken;
    taken.reserve(index_of(count));
    for (int column = from; column < to; ++column)
        taken.push_back(other.at(column));
    if (!taken.empty() && taken.front().shown.part() == glyph::role::tail)
        taken.front() = blank(taken.front().style.erased());
    if (!taken.empty() && taken.back().shown.part() == glyph::role::wide)
        taken.back() = blank(taken.back().style.erased());
    detach(target);
    detach(target + count);
    extend(target + count);
    std::copy(taken.begin(), taken.end(), cells_.begin() + target);
    trim();
}

void row::truncate(int columns)
{
    detach(columns);
    if (cells_.size() > index_of(columns))
        cells_.resize(index_of(columns));
    trim();
}

}  // namespace tendril::term
