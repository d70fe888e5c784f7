#include <tendril/term/detail/grid.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

constexpr std::size_t lines_between_moves = 32;  // that scroll in before the order of the rows is copied

}  // namespace

grid::grid(grid_size size, std::uint64_t first_identity) : next_identity_(first_identity)
{
    set_rows(size.rows);
}

grid::grid(grid const& other) : generation_(other.generation_), next_identity_(other.next_identity_)
{
    storage_.reserve(other.storage_.size());
    for (int y = 0; y < other.rows(); ++y)
        storage_.push_back(other[y]);
    order_.resize(storage_.size() + lines_between_moves);
    for (std::size_t y = 0; y < storage_.size(); ++y)
        order_[y] = &storage_[y];
}

void grid::bring_in(int y, rendition fill) noexcept
{
    auto& line = (*this)[y];
    line.clear(fill);
    line.renew(next_identity_++);
}

void grid::rotate_up(int top, int bottom, int count, rendition fill)
{
    if (count == 1 && top == 0 && bottom == rows() - 1) {  // what scrolling text does, line by line
        move_window();
        bring_in(bottom, fill);
        return;
    }
    auto const first = order_.begin() + static_cast<std::ptrdiff_t>(first_) + top;
    auto const last = first + (bottom - top);
    if (count == 1) {
        auto* const line = *first;
        std::copy(first + 1, last + 1, first);
        *last = line;
        bring_in(bottom, fill);
        return;
    }
    count = std::min(count, bottom - top + 1);
    std::rotate(first, first + count, last + 1);
    for (int y = bottom - count + 1; y <= bottom; ++y)
        bring_in(y, fill);
}

/// Makes the first row the last one.
void grid::move_window() noexcept
{
    auto* const line = order_[first_];
    if (first_ + storage_.size() == order_.size()) {
        std::copy(order_.begin() + static_cast<std::ptrdiff_t>(first_), order_.end(), order_.begin());
        first_ = 0;
    }
    order_[first_++ + storage_.size()] = line;
}

void grid::rotate_down(int top, int bottom, int count, rendition fill)
{
    count = std::min(count, bottom - top + 1);
    auto const first = order_.begin() + static_cast<std::ptrdiff_t>(first_) + top;
    auto const end = first + (bottom + 1 - top);
    std::rotate(first, end - count, end);
    for (int y = top; y < top + count; ++y)
        bring_in(y, fill);
}

void grid::clear() noexcept
{
    for (int y = 0; y < rows(); ++y)
        bring_in(y, {});
}

void grid::set_rows(int rows)
{
    auto const kept = std::min(rows, this->rows());
    std::vector<row> ordered;
    ordered.reserve(static_cast<std::size_t>(rows));
    for (int y = 0; y < kept; ++y)
        ordered.push_back(std::move((*this)[y]));
    ordered.resize(static_cast<std::size_t>(rows));
    storage_ = std::move(ordered);
    first_ = 0;
    order_.resize(storage_.size() + lines_between_moves);
    for (std::size_t y = 0; y < storage_.size(); ++y)
        order_[y] = &storage_[y];
    for (int y = kept; y < rows; ++y)
        bring_in(y, {});
}

}  // namespace tendril::term::detail
