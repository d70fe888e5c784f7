#pragma once

/// @file
/// One line of cells; the blanks behind the last written one are not stored.
/// Layer: term. Design: docs/layers/term.md, "Rows".

#include <tendril/term/cell.hpp>
#include <tendril/term/detail/short_run.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace tendril::term {

namespace detail {
class line_block;
}
/// How large a line is drawn. On all but `single` only half the columns are to be seen.
enum class line_size : std::uint8_t { single, double_width, double_height_top, double_height_bottom };

/// A line. Columns are cells from 0; one beyond the stored cells is blank in the fill rendition.
///
/// A column costs one byte while every character is of Latin-1; styles and decorations are stored only for a
/// line that has some. Every edit keeps wide pairs whole: a half that loses its other half becomes blank.
/// Cost: no edit allocates once the row has been as long and as colourful as the screen demands.
class row {
public:
    row() = default;
    row(row const& other) { *this = other; }
    row(row&& other) noexcept { swap(other); }
    row& operator=(row const& other);
    row& operator=(row&& other) noexcept
    {
        swap(other);
        return *this;
    }
    ~row() = default;

    /// How many columns are stored: from here on the line is blank in the fill rendition.
    [[nodiscard]] int used() const noexcept { return used_; }

    /// The rendition of what is not stored.
    [[nodiscard]] rendition fill() const noexcept { return fill_; }

    [[nodiscard]] cell at(int column) const noexcept
    {
        if (column >= used_)
            return {.style = fill_, .shown = {}, .decoration = 0};
        auto const index = static_cast<std::size_t>(column);
        return {.style = styled_ ? styles_[index] : rendition(),
                .shown = wide_ ? glyphs_[index] : glyph::character(bytes_[index]),
                .decoration = decorated_ ? decorations_[index] : 0};
    }

    /// The stored columns one byte each, 0 where nothing was written: if every character is of Latin-1.
    /// Else empty, and glyphs() has them. Lifetime of all views: until the row changes.
    [[nodiscard]] std::span<std::uint8_t const> bytes() const noexcept
    {
        return {bytes_.get(), wide_ ? 0u : stored()};
    }
    [[nodiscard]] std::span<glyph const> glyphs() const noexcept
    {
        return {glyphs_.get(), wide_ ? stored() : 0u};
    }

    /// How many bytes can be read where bytes() begins, if there are any: of those behind them nothing is
    /// known.
    [[nodiscard]] std::ptrdiff_t readable() const noexcept { return room(); }

    /// The renditions of the stored columns; empty if all are the default.
    [[nodiscard]] std::span<rendition const> styles() const noexcept
    {
        return {styles_.get(), styled_ ? stored() : 0u};
    }

    /// The decorations of the stored columns; empty if there are none.
    [[nodiscard]] std::span<std::uint32_t const> decorations() const noexcept
    {
        return {decorations_.get(), decorated_ ? stored() : 0u};
    }

    /// The terminal's generation when the line was last written to, or could have been: a line whose
    /// generation is no newer than the one a viewer has seen has not changed since. Falsely new at worst,
    /// never falsely old.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }

    /// A number that goes with the line when it scrolls and that no other line of the terminal ever has:
    /// equal numbers at other rows are a scroll. A line that scrolling or a resize brings in is a new line.
    [[nodiscard]] std::uint64_t identity() const noexcept { return identity_; }

    /// Marks the line as written to in @p generation.
    void touch(std::uint64_t generation) noexcept { generation_ = generation; }

    /// Makes it a new line.
    void renew(std::uint64_t identity) noexcept { identity_ = identity; }

    /// Whether both show the same in every column.
    [[nodiscard]] bool shows_same_as(row const& other) const noexcept;

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
        used_ = 0;
        fill_ = fill;
        wrapped_ = wide_ = styled_ = decorated_ = false;
        size_ = line_size::single;
    }

    /// Writes @p latin, one byte a column (0x20 to 0x7E, 0xA0 to 0xFF), from @p column on, every cell with
    /// @p like's rendition and decoration.
    void put_latin(int column, std::string_view latin, cell const& like)
    {
        auto const plain = like.style == rendition() && like.decoration == 0;
        auto const to = static_cast<std::size_t>(column) + latin.size();
        if (wide_ || styled_ || decorated_ || !plain || to > capacity_ || column > used_) {
            put_styled(column, latin, like);
            return;
        }
        std::memcpy(bytes_.get() + column, latin.data(), latin.size());
        if (to > used_)
            used_ = static_cast<std::uint16_t>(to);
    }

    /// The same for printing's sake: @p readable says how many bytes can be read at @p latin's start.
    void put_run(int column, std::string_view latin, std::ptrdiff_t readable, cell const& like)
    {
        auto const count = static_cast<int>(latin.size());
        auto const to = column + count;
        auto const styled_first = !styled_ && like.style != rendition();
        if (wide_ || decorated_ || like.decoration != 0 || styled_first || to > capacity_ || column > used_) {
            put_styled(column, latin, like);
            return;
        }
        if (styled_)
            detail::fill_run(styles_.get() + column, count, like.style);
        auto* const into = bytes_.get() + column;
        if (count > detail::short_run && count <= detail::line_copy && readable >= detail::line_copy &&
            to >= used_ && column + detail::line_copy <= room())
            detail::copy_line(into, latin.data());
        else if (count > detail::short_run || readable < detail::short_run)
            std::memcpy(into, latin.data(), latin.size());
        else if (to < used_)
            detail::blend_short(into, latin.data(), count);
        else
            std::memcpy(into, latin.data(), detail::short_run);
        if (to > used_)
            used_ = static_cast<std::uint16_t>(to);
    }

    /// Writes the glyphs whose bits are @p shown, wide pairs whole, from @p column on, with @p like's
    /// rendition and decoration.
    void put_glyphs(int column, std::span<std::uint32_t const> shown, cell const& like);

    /// Writes one cell, or a wide pair if @p what is wide.
    void put(int column, cell const& what);

    /// Replaces a cell in place, roles unchanged: for combining marks and attribute changes.
    void amend(int column, cell const& what);

    /// Replaces what a cell shows, its role unchanged.
    void replace_glyph(int column, glyph by)
    {
        if (!wide_ || column >= used_) {
            extend(column + 1);
            widen();
        }
        glyphs_[static_cast<std::size_t>(column)] = by;
    }

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
    friend class detail::line_block;  // unpacks into the arrays

    [[nodiscard]] std::size_t stored() const noexcept { return used_; }
    [[nodiscard]] std::ptrdiff_t room() const noexcept { return capacity_ + detail::short_run; }
    [[nodiscard]] bool is_tail(int column) const noexcept
    {
        return wide_ && column < used_ &&
               glyphs_[static_cast<std::size_t>(column)].part() == glyph::role::tail;
    }
    void swap(row& other) noexcept;
    void put_styled(int column, std::string_view latin, cell const& like);
    void reserve(int columns);
    void widen();
    void keep_styles();
    void keep_decorations();
    void set(int column, cell const& what);
    void set_looks(int from, int to, cell const& like);
    template <typename Element>
    void fill_columns(Element* array, int from, int to, Element value) noexcept;
    void blank(int from, int to, rendition fill);
    void shift(int from, int to, int target) noexcept;
    void copy_stored(row const& other, int from, int stored, int target);
    void extend(int columns);
    void trim() noexcept;

    std::unique_ptr<std::uint8_t[]> bytes_;  ///< with detail::short_run bytes behind the capacity
    std::unique_ptr<glyph[]> glyphs_;
    std::unique_ptr<rendition[]> styles_;
    std::unique_ptr<std::uint32_t[]> decorations_;
    rendition fill_;
    std::uint64_t generation_ = 0;
    std::uint64_t identity_ = 0;
    std::uint16_t used_ = 0;
    std::uint16_t capacity_ = 0;  ///< of bytes_ and of every other array that exists
    bool wrapped_ = false;
    bool wide_ = false;       ///< glyphs_ has the text, not bytes_
    bool styled_ = false;     ///< styles_ counts; else every stored column has the default
    bool decorated_ = false;  ///< decorations_ counts; else there are none
    line_size size_ = line_size::single;
};

}  // namespace tendril::term
