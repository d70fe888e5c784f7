#pragma once

/// @file
/// One line of cells; the blanks behind the last written one are not stored.
/// Layer: term. Design: docs/layers/term.md, "Rows".

#include <tendril/term/cell.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tendril::term {

/// How large a line is drawn. On all but `single` only half the columns are to be seen.
enum class line_size : std::uint8_t { single, double_width, double_height_top, double_height_bottom };

/// A line. Columns are cells from 0; one beyond the stored cells is blank in the fill rendition.
///
/// Every edit keeps wide pairs whole: a half that loses its other half becomes blank.
/// Cost: no edit but copy() allocates once the row has been as long as the screen is wide.
class row {
public:
    /// How many columns are stored: from here on the line is blank in the fill rendition.
    [[nodiscard]] int used() const noexcept { return static_cast<int>(cells_.size()); }

    /// The rendition of what is not stored.
    [[nodiscard]] rendition fill() const noexcept { return fill_; }

    [[nodiscard]] cell at(int column) const noexcept
    {
        auto const index = static_cast<std::size_t>(column);
        return index < cells_.size() ? cells_[index] : cell{.style = fill_, .shown = {}, .decoration = 0};
    }

    /// Whether both show the same in every column.
    [[nodiscard]] bool shows_same_as(row const& other) const noexcept
    {
        return fill_ == other.fill_ && cells_ == other.cells_;
    }

    /// Whether the line goes on in the next one because text ran into the margin.
    [[nodiscard]] bool wrapped() const noexcept { return wrapped_; }
    void set_wrapped(bool to) noexcept { wrapped_ = to; }

    /// How large the line is drawn (DECDWL, DECDHL).
    [[nodiscard]] line_size size() const noexcept { return size_; }

    /// How many of a screen's @p columns the line has room for: half, unless its size is single.
    [[nodiscard]] int visible(int columns) const noexcept
    {
        return size_ == line_size::single ? columns : (columns + 1) / 2;
    }
    void set_size(line_size to) noexcept { size_ = to; }

    /// Empties the line; it is blank in @p fill afterwards.
    void clear(rendition fill) noexcept
    {
        cells_.clear();
        fill_ = fill;
        wrapped_ = false;
        size_ = line_size::single;
    }

    /// Writes @p ascii from @p column on, every cell with @p like's rendition and decoration.
    void put_ascii(int column, std::string_view ascii, cell const& like);

    /// Writes one cell, or a wide pair if @p what is wide.
    void put(int column, cell const& what);

    /// Replaces a cell in place, roles unchanged: for combining marks and attribute changes.
    void amend(int column, cell const& what);

    /// Blanks [@p from, @p to) in @p fill. @p columns is the line's width: erasing up to it frees the tail.
    void erase(int from, int to, int columns, rendition fill);

    /// Shifts [@p from, @p to) right by @p count and blanks the gap; what leaves the range is lost.
    void insert(int from, int to, int count, rendition fill);

    /// Shifts [@p from, @p to) left by @p count and blanks the end of the range.
    void remove(int from, int to, int count, rendition fill);

    /// Replaces [@p from, @p to) by the same columns of @p other, which may be this row.
    void copy(row const& other, int from, int to, int target);

    /// Cuts the line at @p columns.
    void truncate(int columns);

    /// Blanks the wide pair, if any, whose halves lie on both sides of the boundary before @p column.
    void detach(int column) noexcept;

private:
    void extend(int columns);
    void trim() noexcept;

    std::vector<cell> cells_;
    rendition fill_;
    bool wrapped_ = false;
    line_size size_ = line_size::single;
};

}  // namespace tendril::term
