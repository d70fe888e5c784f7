#pragma once

/// @file
/// A line as a client shows it, kept small: a frame has all of them, and every difference reads them.
/// Layer: term. Design: docs/adr/0029-lines-compared-by-mask.md.

#include <tendril/term/detail/column_mask.hpp>
#include <tendril/term/row.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tendril::term::detail {

/// Whether a line is packed: every character is of Latin-1, and no cell has a decoration.
[[nodiscard]] inline bool is_packable(row const& line) noexcept
{
    return line.glyphs().empty() && line.decorations().empty();
}

/// The column from which on @p line is blank in its fill.
[[nodiscard]] int text_end(row const& line) noexcept;

/// A number that lines of the same text have in common. Of the text only: colours rarely tell lines apart,
/// and whoever acts on a match compares all of it.
[[nodiscard]] std::uint64_t text_hash(row const& line) noexcept;

/// Where @p line's rendition is another than one column before; before the first it is the default.
/// @p changes gets a bit for each column that is stored, and is empty if all are the default.
void find_style_changes(row const& line, column_mask& changes);

/// A copy of a row that costs a byte a column and a rendition for each stretch of one look. What is not
/// packable is kept as a row.
class seen_line {
public:
    [[nodiscard]] std::uint64_t identity() const noexcept { return identity_; }
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
    [[nodiscard]] int used() const noexcept { return used_; }
    [[nodiscard]] int text_end() const noexcept { return text_end_; }
    [[nodiscard]] rendition fill() const noexcept { return fill_; }
    [[nodiscard]] std::uint64_t text_hash() const noexcept { return hash_; }

    [[nodiscard]] bool wrapped() const noexcept { return wrapped_; }
    void set_wrapped(bool to) noexcept { wrapped_ = to; }
    [[nodiscard]] line_size size() const noexcept { return size_; }
    void set_size(line_size to) noexcept { size_ = to; }

    /// The row, unless the line is packed.
    [[nodiscard]] row const* whole() const noexcept { return whole_ ? &*whole_ : nullptr; }

    /// Of a packed line: its bytes; where the rendition changes, empty if it
    /// never does; and each one it changes to.
    [[nodiscard]] std::span<std::uint8_t const> bytes() const noexcept { return {text_.data(), used_}; }
    [[nodiscard]] column_mask const& changes() const noexcept { return changes_; }
    [[nodiscard]] std::span<rendition const> styles() const noexcept { return styles_; }

    /// Cost: of a packed line, a word for every 64 columns before @p column.
    [[nodiscard]] cell at(int column) const noexcept;

    /// Whether it is known to show what @p line shows, without a look at the cells.
    [[nodiscard]] bool is_known_as(row const& line) const noexcept
    {
        return identity_ == line.identity() && generation_ == line.generation();
    }

    /// Whether both show the same in every column.
    [[nodiscard]] bool shows_same_as(row const& line) const noexcept;

    /// Whether some cell has a cluster or a decoration.
    [[nodiscard]] bool refers_to_tables() const noexcept;

    /// Empties it; it is blank in @p fill and of no line of the terminal.
    void blank(rendition fill) noexcept;

    /// Takes what @p line shows; wrapped() and size() stay as they are. @p hash is its text_hash(), @p
    /// changes are its find_style_changes(), or nullptr if this line is packed and has the same renditions as
    /// far as the line goes.
    void show(row const& line, std::uint64_t hash, column_mask const* changes);

private:
    [[nodiscard]] bool has_styles(std::span<rendition const> all) const noexcept;

    static constexpr std::uint64_t no_identity = ~std::uint64_t{0};

    std::uint64_t identity_ = no_identity;
    std::uint64_t generation_ = 0;
    std::uint64_t hash_ = 0;
    rendition fill_;
    std::uint16_t used_ = 0;
    std::uint16_t text_end_ = 0;
    bool wrapped_ = false;
    line_size size_ = line_size::single;
    std::vector<std::uint8_t> text_;
    column_mask changes_;
    std::vector<rendition> styles_;
    std::optional<row> whole_;
};

}  // namespace tendril::term::detail
