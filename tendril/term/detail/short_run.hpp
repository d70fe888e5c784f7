#pragma once

/// @file
/// Copies and fills of a word's length that do not branch on it: words come in every length, and a branch
/// that nobody can foresee costs more than all of a word's stores.
/// Layer: term. Spec: none.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tendril::term::detail {

/// The longest run that blend_short() takes, in bytes.
inline constexpr int short_run = 16;

/// What copy_line() copies: a line of 80 columns, and what rows have behind their last one.
inline constexpr int line_copy = 96;

/// Copies line_copy bytes, whatever is of use of them.
inline void copy_line(void* to, void const* from) noexcept
{
    std::memcpy(to, from, line_copy);
}

/// Replaces the first @p count of the 16 bytes at @p to by those of the 16 bytes at @p from.
inline void blend_short(std::uint8_t* to, char const* from, int count) noexcept
{
    static constexpr auto masks = [] {
        std::array<std::uint8_t, 2 * short_run> made{};
        std::fill_n(made.begin(), short_run, std::uint8_t{0xFF});
        return made;
    }();
    using word_pair = std::array<std::uint64_t, 2>;
    word_pair mask;
    word_pair old;
    word_pair fresh;
    std::memcpy(&mask, masks.data() + (short_run - count), short_run);
    std::memcpy(&old, to, short_run);
    std::memcpy(&fresh, from, short_run);
    for (std::size_t i = 0; i < mask.size(); ++i)
        fresh[i] = (fresh[i] & mask[i]) | (old[i] & ~mask[i]);
    std::memcpy(to, &fresh, short_run);
}

/// Gives the first @p count elements at @p to the value @p value, and touches no other: in steps of four
/// pairs, of which the last ones fall on each other.
template <typename Element>
void fill_run(Element* to, std::ptrdiff_t count, Element value) noexcept
{
    if (count == 1) {
        *to = value;
        return;
    }
    Element const pair[] = {value, value};
    for (std::ptrdiff_t step = 0; step < count; step += 8)
        for (auto i = step; i < step + 8; i += 2)
            std::memcpy(to + (i < count - 2 ? i : count - 2), pair, sizeof pair);
}

}  // namespace tendril::term::detail
