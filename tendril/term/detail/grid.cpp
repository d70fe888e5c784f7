#include <tendril/term/detail/grid.hpp>

#include <algorithm>

namespace tendril::term::detail {

grid::grid(grid_size size, std::uint64_t first_identity) : next_identity_(first_identity)
{
    set_rows(size.rows);
}

grid::grid(grid const& other) : generation_(other.generation_), next_identity_(other.next_identity_)
{
    storage_.reserve(other.storage_.size());
    for (auto const* const line : other.order_)
        storage_.push_back(*line);
    for (auto& line : storage_)
        order_.push_back(&line);
}

void grid::bring_in(int y, rendition fill) noexcept
{
    auto& line = (*this)[y];
    line.clear(fill);
    line.renew(next_identity_++);
}

void grid::rotate_up(int top, int bottom, int count, rendition fill)
{
    auto const first = order_.begin() + top;
    auto const last = order_.begin() + bottom;
    if (count == 1) {  // what scrolling text does, line by line
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

void grid::rotate_down(int top, int bottom, int count, rendition fill)
{
    count = std::min(count, bottom - top + 1);
    std::rotate(order_.begin() + top, order_.begin() + (bottom + 1 - count), order_.begin() + (bottom + 1));
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
    order_.resize(static_cast<std::size_t>(rows));
    for (std::size_t y = 0; y < order_.size(); ++y)
        order_[y] = &storage_[y];
    for (int y = kept; y < rows; ++y)
        bring_in(y, {});
}

}  // namespace tendril::term::detail
