#pragma once

/// @file
/// Grapheme clusters by number: each is a shorter one, or a character, and one more code point.
/// Layer: term. Design: docs/layers/term.md, "What does not fit a cell".

#include <tendril/term/cell.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendril::term::detail {

/// Numbers from 1; 0 is "none". A cluster grows by one look-up for each code point, without building text.
///
/// The owner asks wants_collection() now and then, and if so marks what is in use and calls sweep(): the
/// table then holds at most twice what was in use and its beginnings.
class cluster_table {
public:
    /// The number that extended() would give, if there is such a cluster already; else 0.
    [[nodiscard]] std::uint32_t known(glyph base, char32_t next) const noexcept
    {
        return slots_.empty() ? 0 : slots_[slot_of(origin_of(base, next))].number;
    }

    /// The number of what @p base shows (a character or a cluster) followed by @p next; 0 when the table is
    /// full.
    [[nodiscard]] std::uint32_t extended(glyph base, char32_t next);

    /// The number of @p text, which has two code points or more; 0 when the table is full.
    [[nodiscard]] std::uint32_t number_of(std::u32string const& text);

    /// The text of @p number, which no sweep() has dropped.
    [[nodiscard]] std::u32string const& operator[](std::uint32_t number) const
    {
        return entries_[number - 1].text;
    }

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size() - free_.size(); }

    /// How often sweep() was called: a number that was learnt before one may stand for another text now.
    [[nodiscard]] std::uint64_t sweeps() const noexcept { return sweeps_; }

    /// Calls @p visit(number, text) for every cluster, by rising numbers.
    template <typename Visit>
    void for_each(Visit&& visit) const
    {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (!entries_[i].text.empty())
                visit(static_cast<std::uint32_t>(i + 1), entries_[i].text);
    }

    [[nodiscard]] bool wants_collection() const noexcept { return size() >= threshold_; }

    void begin_marking();

    /// Keeps @p number and the clusters it begins with.
    void mark(std::uint32_t number) noexcept;

    /// Drops what is not marked since begin_marking().
    void sweep();

private:
    static constexpr std::uint32_t capacity = (1u << 21) - 1;  // what a glyph has room for
    static constexpr std::size_t first_threshold = 16384;      // a collection walks every line: not too often

    /// Where a cluster comes from: what it begins with and its last code point.
    using origin = std::uint64_t;
    static constexpr int base_shift = 32;

    struct entry {
        std::u32string text;  ///< empty when the number is free
        origin from = 0;
        bool marked = false;
    };
    struct slot {
        origin from = 0;
        std::uint32_t number = 0;  ///< 0: free
    };
    [[nodiscard]] static origin origin_of(glyph base, char32_t next) noexcept
    {
        auto const plain = base.with(glyph::role::narrow);  // its width does not make it another text
        return origin{plain.bits()} << base_shift | next;
    }
    [[nodiscard]] static std::uint32_t parent_of(origin from) noexcept;

    /// The slot that holds @p from, or the empty one where it would go. Needs a free slot.
    [[nodiscard]] std::size_t slot_of(origin from) const noexcept
    {
        constexpr std::uint64_t spread = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio, after Knuth
        auto const mask = slots_.size() - 1;
        for (auto at = static_cast<std::size_t>((from * spread) >> 32) & mask;; at = (at + 1) & mask)
            if (slots_[at].number == 0 || slots_[at].from == from)
                return at;
    }
    void rebuild_slots(std::size_t count);

    std::size_t threshold_ = first_threshold;
    std::uint64_t sweeps_ = 0;
    std::vector<entry> entries_;
    std::vector<slot> slots_;  ///< a hash table by origin; at most half full
    std::vector<std::uint32_t> free_;
};

}  // namespace tendril::term::detail
