#pragma once

/// @file
/// UTF-8 decoded 64 bytes at a time: where characters begin is a mask, so that no character waits for the
/// length of the one before, and no branch depends on how long each is.
/// Layer: vt. Spec: Unicode 15.0, section 3.9, table 3-7. Design: docs/adr/0030-characters-by-mask.md.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tendril::vt::detail {

/// How many bytes utf8_mask_of() looks at.
inline constexpr std::ptrdiff_t utf8_mask_width = 64;

/// Bit i is about byte i.
struct utf8_mask {
    std::uint64_t tails = 0;     ///< 0x80 to 0xBF
    std::uint64_t controls = 0;  ///< 0x00 to 0x1F, and 0x7F
    std::uint64_t beyond = 0;    ///< from 0x80 on

    bool operator==(utf8_mask const&) const = default;
};

[[nodiscard]] inline utf8_mask utf8_mask_portable(std::uint8_t const* bytes) noexcept
{
    utf8_mask made;
    for (unsigned i = 0; i < utf8_mask_width; ++i) {
        made.tails |= std::uint64_t{(bytes[i] & 0xC0) == 0x80} << i;
        made.controls |= std::uint64_t{bytes[i] < 0x20 || bytes[i] == 0x7F} << i;
        made.beyond |= std::uint64_t{bytes[i] >= 0x80} << i;
    }
    return made;
}

/// Of the 64 bytes at @p bytes.
[[nodiscard]] inline utf8_mask utf8_mask_of(std::uint8_t const* bytes) noexcept
{
#if defined(__SSE2__)
    utf8_mask made;
    for (int i = 0; i < 4; ++i) {
        auto const part = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes) + i);
        auto const add = [i](std::uint64_t& to, __m128i found) {
            to |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found)))
                  << (16 * i);
        };
        // Comparisons are signed: tails are the lowest of all, and what is below a blank holds all beyond
        // ASCII.
        add(made.tails, _mm_cmplt_epi8(part, _mm_set1_epi8(static_cast<char>(0xC0))));
        add(made.controls, _mm_or_si128(_mm_cmplt_epi8(part, _mm_set1_epi8(0x20)),
                                        _mm_cmpeq_epi8(part, _mm_set1_epi8(0x7F))));
        add(made.beyond, part);
    }
    made.controls &= ~made.beyond;
    return made;
#else
    return utf8_mask_portable(bytes);
#endif
}

/// Four bytes as they were read from memory, as a number of which the first is the highest.
[[nodiscard]] inline std::uint32_t first_byte_highest(std::uint32_t word) noexcept
{
    if constexpr (std::endian::native == std::endian::big)
        return word;
    return word << 24 | (word & 0xFF00) << 8 | (word >> 8 & 0xFF00) | word >> 24;
}

inline constexpr std::size_t bytes_of_four = 12;  ///< four characters of three bytes each

/// Decodes the four characters of three bytes each at @p at, of which 16 bytes are readable: most text of
/// East Asia and all line drawing. Returns whether they are well-formed.
[[nodiscard]] inline bool decode_four_of_three(std::uint8_t const* at, char32_t* into) noexcept
{
#if defined(__SSE2__)
    auto const all = [](int value) { return _mm_set1_epi32(value); };
    auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
    auto const front = _mm_unpacklo_epi32(bytes, _mm_srli_si128(bytes, 3));
    auto const back = _mm_unpacklo_epi32(_mm_srli_si128(bytes, 6), _mm_srli_si128(bytes, 9));
    auto const four = _mm_unpacklo_epi64(front, back);  // each in the lowest bytes of its own
    auto const high = _mm_slli_epi32(_mm_and_si128(four, all(0x0F)), 12);
    auto const middle = _mm_and_si128(_mm_srli_epi32(four, 2), all(0x3F << 6));
    auto const low = _mm_and_si128(_mm_srli_epi32(four, 16), all(0x3F));
    auto const scalars = _mm_or_si128(_mm_or_si128(high, middle), low);
    auto const block = _mm_and_si128(scalars, all(0xF800));
    auto const wrong = _mm_or_si128(_mm_cmpeq_epi32(block, all(0)), _mm_cmpeq_epi32(block, all(0xD800)));
    auto const form = _mm_cmpeq_epi32(_mm_and_si128(four, all(0x00C0C0F0)), all(0x008080E0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(into), scalars);
    return _mm_movemask_epi8(_mm_andnot_si128(wrong, form)) == 0xFFFF;
#else
    static_cast<void>(at);
    static_cast<void>(into);
    return false;
#endif
}

/// How far decode_utf8() came.
struct utf8_progress {
    std::size_t bytes = 0;
    std::size_t characters = 0;
};

/// Decodes whole characters of up to 64 bytes at @p at, of which @p readable, at least one, can be read, into
/// @p into, which has room for 64: U+00A0 and above, and printable ASCII between them. Stops before what is
/// none of both, before 16 bytes of ASCII, which are worth a way of their own, and before the last character
/// of the 64 bytes unless something follows in them.
[[nodiscard]] inline utf8_progress decode_utf8(std::uint8_t const* at, std::ptrdiff_t readable,
                                               char32_t* into) noexcept
{
    /// Of the characters of one length: the lowest, how many there are from there on, what the marks of their
    /// bytes add up to, and how far four bytes are shifted to leave theirs.
    struct form {
        std::uint32_t lowest;
        std::uint32_t span;
        std::uint32_t marks;
        std::uint32_t shift;
    };
    static constexpr form forms[] = {
        {0xFFFFFFFF, 0, 0, 0},
        {0x20, 0x7F - 0x20, 0, 24},
        {0xA0, 0x800 - 0xA0, (0xC0 << 6) + 0x80, 16},
        {0x800, 0x10000 - 0x800, (0xE0 << 12) + (0x80 << 6) + 0x80, 8},
        {0x10000, 0x110000 - 0x10000, (0xF0 << 18) + (0x80 << 12) + (0x80 << 6) + 0x80, 0},
    };
    constexpr std::ptrdiff_t reach = 3;  // bytes that are read behind a character's first
    std::uint8_t last[utf8_mask_width + reach + 1];
    if (readable < utf8_mask_width + reach) {  // what lies beyond the end is a control
        std::memset(last, 0, sizeof last);
        std::memcpy(last, at, static_cast<std::size_t>(std::min(readable, utf8_mask_width)));
        at = last;
    }
    auto const mask = utf8_mask_of(at);
    auto ascii = ~(mask.beyond | mask.controls);
    for (auto const step : {1, 2, 4, 8})
        ascii &= ascii >> step;
    auto const stray = mask.tails & (mask.tails >> 1) & (mask.tails >> 2) & (mask.tails >> 3);
    auto const stops = mask.controls | ascii | stray;
    auto const end = stops != 0 ? stops & (0 - stops) : std::bit_floor(~mask.tails);
    if ((mask.tails & 1) != 0)
        return {};
    auto bounds = (~mask.tails & (end - 1)) | end;
    constexpr std::uint64_t every_third = 0x9249249249249249;
    auto const threes = static_cast<std::size_t>(std::countr_zero(bounds ^ every_third));
    utf8_progress done;
    while (done.bytes + bytes_of_four < threes &&
           decode_four_of_three(at + done.bytes, into + done.characters))
        done = {.bytes = done.bytes + bytes_of_four, .characters = done.characters + 4};
    for (bounds &= ~std::uint64_t{1} << done.bytes; bounds != 0; bounds &= bounds - 1) {
        auto const next = static_cast<std::size_t>(std::countr_zero(bounds));
        auto const& is = forms[(next - done.bytes)];
        std::uint32_t word = 0;
        std::memcpy(&word, at + done.bytes, sizeof word);
        word = first_byte_highest(word) >> is.shift;
        auto const pairs = (word & 0x00FF00FF) + ((word & 0xFF00FF00) >> 2);
        auto const scalar = (pairs & 0xFFFF) + (pairs >> 16 << 12) - is.marks;
        if (scalar - is.lowest >= is.span || (scalar >> 11) == 0xD800 >> 11)
            break;
        into[done.characters++] = scalar;
        done.bytes = next;
    }
    return done;
}

}  // namespace tendril::vt::detail
