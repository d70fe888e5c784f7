#pragma once

/// @file
/// Sets of characters, and the UTF-8 byte sequences they stand for. Layer: expect. Spec: RFC 3629.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tendril::expect::detail {

/// Code points from `first` to `last`, both included.
struct code_range {
    char32_t first = 0;
    char32_t last = 0;
    bool operator==(code_range const&) const = default;
};

/// A set of Unicode scalar values. Surrogates are in no set: they have no UTF-8 form.
class character_set {
public:
    void add(char32_t first, char32_t last);
    void add(character_set const& other);

    /// Everything that was not in the set.
    void complement();

    /// Sorted, neither overlapping nor touching.
    [[nodiscard]] std::vector<code_range> const& ranges() const noexcept { return ranges_; }

private:
    std::vector<code_range> ranges_;
};

/// Bytes from `low` to `high`, both included.
struct byte_range {
    std::uint8_t low = 0;
    std::uint8_t high = 0;
};

/// One to four byte ranges; every choice of one byte from each is a character of the set.
struct byte_sequence {
    std::array<byte_range, 4> ranges{};
    std::size_t count = 0;
    [[nodiscard]] std::span<byte_range const> view() const noexcept { return std::span(ranges).first(count); }
};

/// The UTF-8 forms of all characters of @p set: disjoint sequences that cover it.
[[nodiscard]] std::vector<byte_sequence> utf8_sequences(character_set const& set);

}  // namespace tendril::expect::detail
