#pragma once

/// @file
/// The lines that scrolled off the top, oldest first, up to a limit of lines and one of bytes.
/// Layer: term. Design: docs/layers/term.md, "History".

#include <tendril/term/detail/cold_lines.hpp>
#include <tendril/term/detail/line_block.hpp>
#include <tendril/term/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendril::term {

/// A bounded queue of packed lines. Readers copy a line out.
///
/// Lines lie one behind the other in blocks; the oldest block is used again when all its lines are gone.
class history {
public:
    history(std::size_t limit_lines, std::size_t limit_bytes) noexcept
        : limit_lines_(limit_lines), limit_bytes_(limit_bytes)
    {
    }

    /// Appends a copy of @p line; at a limit the oldest lines go. A line that alone is over the limit of
    /// bytes is kept as an empty one. Cost: that of copying the text; no allocation at the limit.
    void push(row const& line);

    /// The same for a line of single size in the default rendition whose text is @p latin, one byte a column,
    /// and that goes on in the next line. @p readable says how many bytes can be read at @p latin's start.
    void push_wrapped(std::span<std::uint8_t const> latin, std::ptrdiff_t readable);

    /// Copies line @p index (0 is the oldest kept) into @p into; an index beyond the end gives an empty line.
    /// Cost: logarithmic in the number of blocks, then that of copying the text.
    void read(std::size_t index, row& into) const;

    /// Whether line @p index goes on in the next one.
    [[nodiscard]] bool wrapped(std::size_t index) const;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// How many lines were ever pushed: line `pushed() - size()` is index 0. Never decreases.
    [[nodiscard]] std::uint64_t pushed() const noexcept { return pushed_; }

    /// Makes pushed() @p pushed, and so numbers the lines anew.
    void renumber(std::uint64_t pushed) noexcept;

    /// What the lines occupy, blanks at the ends of blocks included.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

    void clear() noexcept;

    /// Takes new limits; what is beyond them goes, oldest first. Cost: linear in the lines if they occupy
    /// more than the new limit of bytes.
    void set_limits(std::size_t lines, std::size_t bytes);

    /// Compresses the oldest blocks that are not yet, up to @p most of them, but none of the newest
    /// @p spared lines. Returns whether there is more to compress. Reading goes on as before; a line that is
    /// compressed takes longer. Cost: less than 1 ms a block of 64 KiB.
    bool compress(std::size_t spared, std::size_t most);

    /// The numbers of all clusters, or decorations, that kept lines refer to; some more than once.
    /// Cost: linear in the lines, and in the columns of those that have any.
    [[nodiscard]] std::vector<std::uint32_t> clusters() const;
    [[nodiscard]] std::vector<std::uint32_t> decorations() const;

private:
    using block = detail::line_block;

    [[nodiscard]] block const* block_of(std::size_t& index) const;
    bool begin_push();
    bool push_plain(std::span<std::uint8_t const> latin, std::ptrdiff_t readable, std::uint8_t flags);
    bool make_room(std::size_t bytes);
    bool start_block(std::size_t least);
    void drop_oldest_line() noexcept;
    void drop_oldest_block() noexcept;
    void tidy_blocks() noexcept;

    std::size_t limit_lines_;
    std::size_t limit_bytes_;
    std::size_t size_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t pushed_ = 0;
    detail::cold_lines cold_;  ///< older than those in the blocks
    std::vector<block> blocks_;
    std::size_t first_block_ = 0;  ///< those before it are empty, one of them maybe of use again
    block spare_;
    detail::packing packing_;
};

}  // namespace tendril::term
