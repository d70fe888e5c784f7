#pragma once

/// @file
/// The oldest lines of a history, compressed. Layer: term (zstd). Design: docs/adr/0024-cold-history.md.

#include <tendril/term/detail/line_block.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tendril::term::detail {

/// Blocks that were compressed, oldest first. What is read is unpacked into one of two blocks that are kept:
/// a reader that goes along the lines unpacks each once, and a line that goes on in the next block does not
/// make it unpack two in turns.
///
/// Threads: reading changes what is kept unpacked; one object belongs to one strand, const or not.
class cold_lines {
public:
    cold_lines() = default;
    cold_lines(cold_lines const& other) : blocks_(other.blocks_) {}
    cold_lines(cold_lines&&) noexcept = default;
    cold_lines& operator=(cold_lines other) noexcept
    {
        blocks_.swap(other.blocks_);
        unpacked_.swap(other.unpacked_);
        return *this;
    }
    ~cold_lines() = default;

    [[nodiscard]] bool empty() const noexcept { return blocks_.empty(); }

    /// Takes a copy of the lines of @p from, which follow those that are here. Returns false, and takes
    /// nothing, when they do not become smaller.
    [[nodiscard]] bool push(line_block const& from);

    /// The number of the oldest line; there must be one.
    [[nodiscard]] std::uint64_t oldest() const noexcept { return blocks_.front().oldest; }

    /// What the compressed blocks occupy.
    [[nodiscard]] std::size_t bytes() const noexcept;

    /// Drops the oldest line, or all of its block. Returns the bytes that became free.
    std::size_t drop_first();
    std::size_t drop_first_block(std::size_t& lines);

    /// The block that holds line @p number, which becomes the index in that block. Lifetime: until the next
    /// call of any kind. Cost: unpacking it, about 64 KiB, unless it was among the last two.
    [[nodiscard]] line_block const& block_of(std::uint64_t& number) const;

    /// Adds @p by to the numbers of all lines.
    void renumber(std::uint64_t by) noexcept;

    /// Calls @p visit with each block, unpacked.
    template <typename Visit>
    void for_each(Visit&& visit) const
    {
        for (auto const& each : blocks_) {
            auto number = each.oldest;
            visit(block_of(number));
        }
    }

private:
    struct packed {
        std::shared_ptr<std::byte const[]> bytes;  ///< shared by copies of the terminal: it never changes
        std::uint32_t size = 0;
        std::uint32_t unpacked_size = 0;
        std::uint32_t lines = 0;   ///< all of them
        std::uint64_t start = 0;   ///< the number of the first of them
        std::uint64_t oldest = 0;  ///< and of the first that is not dropped
    };

    [[nodiscard]] static line_block unpack(packed const& from);

    std::vector<packed> blocks_;
    mutable std::array<line_block, 2> unpacked_;
    mutable std::size_t last_ = 0;  ///< the one that was used last
};

}  // namespace tendril::term::detail
