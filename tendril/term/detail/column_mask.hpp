#pragma once

/// @file
/// Columns of a line as bits, 64 a word: column x is bit x % 64 of word x / 64. Lines are compared whole with
/// them and walked from one set bit to the next.
/// Layer: term. Design: docs/adr/0029-lines-compared-by-mask.md.

#include <tendril/term/rendition.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tendril::term::detail {

using column_mask = std::vector<std::uint64_t>;

inline constexpr unsigned columns_a_word = 64;

[[nodiscard]] constexpr std::size_t words_for(int columns) noexcept
{
    return (static_cast<unsigned>(columns) + columns_a_word - 1) / columns_a_word;
}

/// The first column from @p x on, before @p end, whose bit is set, or clear; @p end if there is none.
[[nodiscard]] inline int next_column(column_mask const& in, int x, int end, bool set = true) noexcept
{
    auto const* const words = in.data();
    auto const flip = set ? std::uint64_t{0} : ~std::uint64_t{0};
    for (auto at = static_cast<unsigned>(x); at < static_cast<unsigned>(end);
         at = (at / columns_a_word + 1) * columns_a_word)
        if (auto const rest = (words[at / columns_a_word] ^ flip) >> (at % columns_a_word); rest != 0)
            return std::min(static_cast<int>(at) + std::countr_zero(rest), end);
    return end;
}

/// Calls @p visit(x) for every column whose bit is set, by rising numbers, until it returns false; whether it
/// never did.
template <typename Visit>
bool each_column(column_mask const& in, Visit&& visit)
{
    std::size_t start = 0;
    for (auto word : in) {
        for (; word != 0; word &= word - 1)
            if (!visit(start + static_cast<std::size_t>(std::countr_zero(word))))
                return false;
        start += columns_a_word;
    }
    return true;
}

/// Sets the bits of the columns [@p from, @p to).
inline void set_columns(column_mask& in, int from, int to) noexcept
{
    for (auto at = static_cast<unsigned>(from); at < static_cast<unsigned>(to);) {
        auto const stop = std::min(static_cast<unsigned>(to), (at / columns_a_word + 1) * columns_a_word);
        auto const ones = ~std::uint64_t{0} >> (columns_a_word - (stop - at));
        in[at / columns_a_word] |= ones << (at % columns_a_word);
        at = stop;
    }
}

inline constexpr int columns_a_step = 16;

template <typename Element>
[[nodiscard]] std::uint32_t differing_portable(Element const* one, Element const* other) noexcept
{
    std::uint32_t mask = 0;
    for (unsigned i = 0; i < columns_a_step; ++i)
        mask |= std::uint32_t{one[i] != other[i]} << i;
    return mask;
}

[[nodiscard]] inline std::uint32_t bytes_beyond_ascii_portable(std::uint8_t const* bytes) noexcept
{
    std::uint32_t mask = 0;
    for (unsigned i = 0; i < columns_a_step; ++i)
        mask |= std::uint32_t{bytes[i] == 0 || bytes[i] >= 0x80} << i;
    return mask;
}

/// Bit i says whether byte i of the 16 at @p one and at @p other differ.
[[nodiscard]] inline std::uint32_t differing_bytes(std::uint8_t const* one,
                                                   std::uint8_t const* other) noexcept
{
#if defined(__SSE2__)
    auto const same = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<__m128i const*>(one)),
                                     _mm_loadu_si128(reinterpret_cast<__m128i const*>(other)));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(same)) ^ 0xFFFFu;
#else
    return differing_portable(one, other);
#endif
}

/// Bit i says whether byte i of the 16 at @p bytes is no ASCII character: 0, or from 0x80 on.
[[nodiscard]] inline std::uint32_t bytes_beyond_ascii(std::uint8_t const* bytes) noexcept
{
#if defined(__SSE2__)
    auto const all = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes));
    auto const ascii = _mm_cmpgt_epi8(all, _mm_setzero_si128());  // signed: 0x80 and on are below 0
    return static_cast<std::uint32_t>(_mm_movemask_epi8(ascii)) ^ 0xFFFFu;
#else
    return bytes_beyond_ascii_portable(bytes);
#endif
}

/// Bit i says whether rendition i of the 16 at @p one and at @p other differ.
[[nodiscard]] inline std::uint32_t differing_styles(rendition const* one, rendition const* other) noexcept
{
#if defined(__SSE2__)
    static_assert(sizeof(rendition) == sizeof(std::uint64_t));
    auto const same_halves = [&](int pair) {
        return _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<__m128i const*>(one) + pair),
                               _mm_loadu_si128(reinterpret_cast<__m128i const*>(other) + pair));
    };
    auto const same_of_four = [&](int pair) {
        auto const first = _mm_castsi128_ps(same_halves(pair));
        auto const second = _mm_castsi128_ps(same_halves(pair + 1));
        return _mm_castps_si128(_mm_and_ps(_mm_shuffle_ps(first, second, _MM_SHUFFLE(2, 0, 2, 0)),
                                           _mm_shuffle_ps(first, second, _MM_SHUFFLE(3, 1, 3, 1))));
    };
    auto const low = _mm_packs_epi32(same_of_four(0), same_of_four(2));
    auto const high = _mm_packs_epi32(same_of_four(4), same_of_four(6));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high))) ^ 0xFFFFu;
#else
    return differing_portable(one, other);
#endif
}

/// Sets bit x of @p in for every x of [@p from, @p to) of which @p step(x), about the 16 columns from x on,
/// says so; @p single(x) is asked where fewer than 16 are left.
template <typename Step, typename Single>
void mark_columns(column_mask& in, int from, int to, Step&& step, Single&& single) noexcept
{
    auto x = from;
    auto* const words = in.data();
    auto const mark = [&](int at, std::uint32_t bits) {
        auto* const word = words + static_cast<unsigned>(at) / columns_a_word;
        auto const shift = static_cast<unsigned>(at) % columns_a_word;
        *word |= std::uint64_t{bits} << shift;
        if (shift > columns_a_word - columns_a_step && bits >> (columns_a_word - shift) != 0)
            word[1] |= bits >> (columns_a_word - shift);
    };
    for (; to - x >= columns_a_step; x += columns_a_step)
        mark(x, step(x));
    if (x == to)
        return;
    if (to - from >= columns_a_step)
        mark(to - columns_a_step, step(to - columns_a_step));  // some columns twice: that does no harm
    else
        for (; x < to; ++x)
            mark(x, single(x) ? 1u : 0u);
}

}  // namespace tendril::term::detail
