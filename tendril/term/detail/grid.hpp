#pragma once

/// @file
/// The rows of one screen; scrolling turns their order and moves no cell.
/// Layer: term. Design: docs/layers/term.md, "Grid".

#include <tendril/term/row.hpp>
#include <tendril/term/size.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace tendril::term::detail {

/// Rows counted from 0 at the top. Ranges are inclusive, as margins are.
///
/// Access that could write marks the row as written to in the generation that begin() has announced.
class grid {
public:
    /// New lines are numbered from @p first_identity on.
    grid(grid_size size, std::uint64_t first_identity);
    grid(grid const& other);
    grid(grid&&) noexcept = default;
    grid& operator=(grid&&) noexcept = default;
    ~grid() = default;

    [[nodiscard]] row& operator[](int y) noexcept
    {
        auto* const line = order_[first_ + static_cast<std::size_t>(y)];
        line->touch(generation_);
        return *line;
    }
    [[nodiscard]] row const& operator[](int y) const noexcept
    {
        return *order_[first_ + static_cast<std::size_t>(y)];
    }

    /// From now on what is written belongs to @p generation.
    void begin(std::uint64_t generation) noexcept { generation_ = generation; }

    [[nodiscard]] int rows() const noexcept { return static_cast<int>(storage_.size()); }

    /// Moves rows [@p top, @p bottom] up by @p count; the rows that enter are blank in @p fill.
    void rotate_up(int top, int bottom, int count, rendition fill);

    /// The same downwards.
    void rotate_down(int top, int bottom, int count, rendition fill);

    /// Replaces every row by a new blank one.
    void clear() noexcept;

    /// Makes @p line row @p y; it is a new line.
    void take(int y, row&& line) noexcept
    {
        auto& place = (*this)[y];
        place = std::move(line);
        place.touch(generation_);
        place.renew(next_identity_++);
    }

    /// Gives the grid @p rows rows: the last ones go, or blank ones come.
    void set_rows(int rows);

private:
    void bring_in(int y, rendition fill) noexcept;
    void move_window() noexcept;

    std::vector<row> storage_;
    std::vector<row*> order_;  ///< into storage_, which moves only as a whole; the rows from first_ on count
    std::size_t first_ = 0;    ///< grows as the whole screen scrolls
    std::uint64_t generation_ = 0;
    std::uint64_t next_identity_;
};

}  // namespace tendril::term::detail
