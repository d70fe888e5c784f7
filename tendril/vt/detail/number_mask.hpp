#pragma once

/// @file
/// Where the numbers of a control sequence end: all of them found at once, so that reading one does not wait
/// for where the one before ended.
/// Layer: vt. Spec: ECMA-48 section 5.4.1. Design: docs/adr/0023-tokens-by-mask.md.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tendril::vt::detail {

/// How many bytes number_mask_of() looks at.
inline constexpr std::ptrdiff_t number_mask_width = 16;

/// Bit i is about byte i.
struct number_mask {
    std::uint32_t others = 0;  ///< neither a digit nor `;`
    std::uint32_t ends = 0;    ///< no digit: what a number may end at

    bool operator==(number_mask const&) const = default;
};

[[nodiscard]] inline number_mask number_mask_portable(std::uint8_t const* bytes) noexcept
{
    number_mask made;
    for (unsigned i = 0; i < number_mask_width; ++i) {
        auto const is_digit = bytes[i] >= '0' && bytes[i] <= '9';
        made.ends |= std::uint32_t{!is_digit} << i;
        made.others |= std::uint32_t{!is_digit && bytes[i] != ';'} << i;
    }
    return made;
}

/// Of the 16 bytes at @p bytes.
[[nodiscard]] inline number_mask number_mask_of(std::uint8_t const* bytes) noexcept
{
#if defined(__SSE2__)
    auto const all = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes));
    auto const from_zero = _mm_sub_epi8(all, _mm_set1_epi8('0'));
    auto const beyond_nine = _mm_max_epu8(from_zero, _mm_set1_epi8(10));  // the only unsigned comparison
    auto const ends = _mm_cmpeq_epi8(beyond_nine, from_zero);
    auto const others = _mm_andnot_si128(_mm_cmpeq_epi8(all, _mm_set1_epi8(';')), ends);
    return {.others = static_cast<std::uint32_t>(_mm_movemask_epi8(others)),
            .ends = static_cast<std::uint32_t>(_mm_movemask_epi8(ends))};
#else
    return number_mask_portable(bytes);
#endif
}

inline constexpr int longest_short_number = 4;

/// The decimal number of @p count digits (0 to 4) at @p at, read without a branch: how many there are varies
/// from sequence to sequence. Four bytes must be readable.
[[nodiscard]] inline int short_number_at(std::uint8_t const* at, int count) noexcept
{
    if constexpr (std::endian::native == std::endian::little) {
        std::uint32_t bytes = 0;
        std::memcpy(&bytes, at, sizeof bytes);
        // The digits go to the end, zeros before them: then pairs are added up, then the two pairs.
        auto const digits = std::uint64_t{bytes & 0x0F0F0F0F};
        auto const padded = static_cast<std::uint32_t>(digits << (8 * (longest_short_number - count)));
        auto const pairs = ((padded * (10 * 256 + 1)) >> 8) & 0x00FF00FF;
        return static_cast<int>((pairs * (100 * 65536 + 1)) >> 16);
    } else {
        int value = 0;
        for (int i = 0; i < count; ++i)
            value = value * 10 + (at[i] - '0');
        return value;
    }
}

}  // namespace tendril::vt::detail
