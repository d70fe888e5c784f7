#pragma once

/// @file
/// A stretch of memory with packed lines: appended at the end, dropped at the front.
/// Layer: term. Design: docs/adr/0013-packed-lines.md.

#include <tendril/term/row.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace tendril::term::detail {

/// How a packed line begins. Behind it lie, without gaps: the fill, if it is not the default; the renditions
/// of the style runs and their ends; the numbers of the decoration runs and their ends; the text.
struct packed_header {
    enum flag : std::uint8_t { wrapped = 1, filled = 2, has_clusters = 4 };
    static constexpr int size_shift = 3;  ///< of the line_size in the flags above those

    std::uint16_t used = 0;
    std::uint8_t flags = 0;
    std::uint8_t width = 1;  ///< bytes of a column's glyph: 1, 2 (packed_glyph) or 4
    std::uint16_t style_runs = 0;
    std::uint16_t decoration_runs = 0;
};

/// The flags that do not depend on the packing.
[[nodiscard]] inline std::uint8_t flags_of(row const& line) noexcept
{
    return static_cast<std::uint8_t>((line.wrapped() ? packed_header::wrapped : 0) |
                                     static_cast<int>(line.size()) << packed_header::size_shift);
}

/// A line on its way into a block: its header, how large it is, and where its runs end. One is used again and
/// again, so that it allocates once.
struct packing {
    packed_header header;
    std::size_t bytes = 0;
    std::vector<std::uint16_t> style_ends;
    std::vector<std::uint16_t> decoration_ends;

    /// Measures @p line. Cost: linear in the columns of a coloured or wide line.
    void measure(row const& line);
};

/// Lines by their index from the oldest that is kept. The places of the lines are kept at the block's end and
/// grow towards the lines.
class line_block {
public:
    line_block() = default;  ///< without room

    explicit line_block(std::size_t capacity)
        : memory_(std::make_unique_for_overwrite<std::byte[]>(capacity)), capacity_(capacity)
    {
    }

    line_block(line_block const& other);
    line_block(line_block&&) noexcept = default;
    line_block& operator=(line_block other) noexcept;
    ~line_block() = default;

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] std::size_t size() const noexcept { return count_ - first_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == first_; }

    /// Whether a line of @p bytes still fits.
    [[nodiscard]] bool has_room(std::size_t bytes) const noexcept
    {
        return filled_ + bytes + (count_ + 1) * sizeof(std::uint32_t) <= capacity_;
    }

    /// Appends a line of one byte a column, all in the default rendition, with @p flags of flags_of(). Needs
    /// has_room(). @p readable says how many bytes can be read at @p text's start.
    void append_plain(std::span<std::uint8_t const> text, std::ptrdiff_t readable,
                      std::uint8_t flags) noexcept
    {
        auto const copies_line =
            text.size() <= line_copy && readable >= line_copy && has_room(sizeof(packed_header) + line_copy);
        auto* const at = place_line(sizeof(packed_header) + text.size());
        packed_header header;
        header.used = static_cast<std::uint16_t>(text.size());
        header.flags = flags;
        std::memcpy(at, &header, sizeof header);
        if (copies_line)
            copy_line(at + sizeof header, text.data());
        else if (!text.empty())
            std::memcpy(at + sizeof header, text.data(), text.size());
    }

    /// Appends any line. Needs has_room(@p measured.bytes).
    void append(row const& line, packing const& measured) noexcept;

    /// Copies a line out. Errors: only a failed allocation.
    void read(std::size_t index, row& into) const;

    [[nodiscard]] packed_header header(std::size_t index) const noexcept
    {
        packed_header header;
        std::memcpy(&header, at(index), sizeof header);
        return header;
    }

    void drop_first() noexcept { ++first_; }

    /// Forgets all lines and keeps the room.
    void clear() noexcept { filled_ = count_ = first_ = 0; }

    /// The number of the first line appended since clear(), dropped or not.
    [[nodiscard]] std::uint64_t start() const noexcept { return start_; }
    void start_at(std::uint64_t number) noexcept { start_ = number; }

    /// The number of line 0, or of the next one.
    [[nodiscard]] std::uint64_t oldest() const noexcept { return start_ + first_; }

    /// All lines that are kept in one piece, how long each is first; and a block with room for nothing else
    /// made of it, which has @p lines.
    [[nodiscard]] std::vector<std::byte> flattened() const;
    [[nodiscard]] static line_block from_flattened(std::span<std::byte const> from, std::size_t lines);

    /// Appends the numbers of all clusters, or decorations, that the lines refer to; some more than once.
    void list_clusters(std::vector<std::uint32_t>& to) const;
    void list_decorations(std::vector<std::uint32_t>& to) const;

private:
    [[nodiscard]] std::byte const* at(std::size_t index) const noexcept
    {
        std::uint32_t offset = 0;
        std::memcpy(&offset, memory_.get() + capacity_ - (first_ + index + 1) * sizeof offset, sizeof offset);
        return memory_.get() + offset;
    }
    [[nodiscard]] std::byte* place_line(std::size_t bytes) noexcept
    {
        auto const offset = static_cast<std::uint32_t>(filled_);
        ++count_;
        std::memcpy(memory_.get() + capacity_ - count_ * sizeof offset, &offset, sizeof offset);
        filled_ += bytes;
        return memory_.get() + offset;
    }

    std::unique_ptr<std::byte[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t filled_ = 0;
    std::size_t count_ = 0;  ///< lines appended, those dropped included
    std::size_t first_ = 0;  ///< lines dropped
    std::uint64_t start_ = 0;
};

}  // namespace tendril::term::detail
