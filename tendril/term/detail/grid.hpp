#pragma once

/// @file
/// The rows of one screen; scrolling turns their order and moves no cell.
/// Layer: term. Design: docs/layers/term.md, "Grid".

#include <tendril/term/row.hpp>
#include <tendril/term/size.hpp>

#include <cstdint>
#include <vector>

namespace tendril::term::detail {

/// Rows counted from 0 at the top. Ranges are inclusive, as margins are.
class grid {
public:
    explicit grid(grid_size size);

    [[nodiscard]] row& operator[](int y) noexcept { return storage_[order_[static_cast<std::size_t>(y)]]; }
    [[nodiscard]] row const& operator[](int y) const noexcept
    {
        return storage_[order_[static_cast<std::size_t>(y)]];
    }
    [[nodiscard]] int rows() const noexcept { return static_cast<int>(order_.size()); }

    /// Moves rows [@p top, @p bottom] up by @p count; the rows that enter are blank in @p fill.
    void rotate_up(int top, int bottom, int count, rendition fill);

    /// The same downwards.
    void rotate_down(int top, int bottom, int count, rendition fill);

    /// Gives the grid @p rows rows: the last ones go, or blank ones come.
    void set_rows(int rows);

private:
    std::vector<row> storage_;
    std::vector<std::uint16_t> order_;
};

}  // namespace tendril::term::detail
