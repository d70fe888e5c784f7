#pragma once

/// @file
/// Four characters at once, of the kinds that most text beyond ASCII is made of: what stands alone whatever
/// is beside it, all narrow or all wide. One comparison tells what four look-ups would. Layer: term. Spec:
/// UAX 11, UAX 29. Design: docs/adr/0030-characters-by-mask.md.

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tendril::term::detail {

/// Ranges of which every character is one cell wide and of the class `other`: ASCII and Latin, Greek and
/// Cyrillic, box drawing and blocks.
struct scalar_range {
    char32_t first;
    char32_t last;
};
inline constexpr scalar_range plain_narrow[] = {
    {0x20, 0x7E}, {0xAF, 0x2FF}, {0x370, 0x482}, {0x2500, 0x259F}};

/// Ranges of which every character is two cells wide: ideographs, of the class `other`, and Hangul syllables,
/// which join nothing but what may_meet() says so of.
inline constexpr scalar_range plain_wide[] = {{0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}};

template <std::size_t Count>
[[nodiscard]] constexpr bool is_among(scalar_range const (&ranges)[Count], char32_t scalar) noexcept
{
    auto found = false;
    for (auto const& each : ranges)
        found |= scalar >= each.first && scalar <= each.last;
    return found;
}

/// Whether all of the four scalar values at @p text are among @p ranges.
template <std::size_t Count>
[[nodiscard]] inline bool four_among(scalar_range const (&ranges)[Count], char32_t const* text) noexcept
{
#if defined(__SSE2__)
    auto const four = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text));
    auto found = _mm_setzero_si128();
    for (auto const& each : ranges) {
        auto const above = _mm_cmpgt_epi32(four, _mm_set1_epi32(static_cast<int>(each.first) - 1));
        found = _mm_or_si128(
            found,
            _mm_andnot_si128(_mm_cmpgt_epi32(four, _mm_set1_epi32(static_cast<int>(each.last))), above));
    }
    return _mm_movemask_epi8(found) == 0xFFFF;
#else
    auto all = true;
    for (int i = 0; i < 4; ++i)
        all &= is_among(ranges, text[i]);
    return all;
#endif
}

/// Writes four pairs of a head, the scalar value with @p head's bits, and a tail of @p tail's.
inline void put_four_pairs(std::uint32_t* to, char32_t const* text, std::uint32_t head,
                           std::uint32_t tail) noexcept
{
    for (int i = 0; i < 4; ++i) {
        to[2 * i] = static_cast<std::uint32_t>(text[i]) | head;
        to[2 * i + 1] = tail;
    }
}

}  // namespace tendril::term::detail
