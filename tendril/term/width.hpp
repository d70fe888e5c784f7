#pragma once

/// @file
/// How many cells a character takes, and which characters belong together.
/// Layer: term (utf8proc). Spec: UAX 11, UAX 29; the Unicode version is utf8proc's (15.0 with 2.8).

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tendril::term {

/// What printing must know of a character, found in one look-up.
struct character_traits {
    /// Cells on its own: 0 for marks and format characters, 2 for East Asian wide, fullwidth and emoji by
    /// default, else 1. Ambiguous characters are narrow. An unassigned one takes one cell.
    std::uint8_t width : 2 = 1;

    /// Whether it may go on a cluster that does not end with a zero width joiner. When it may not, joins()
    /// need not be asked.
    bool may_join : 1 = false;
};
static_assert(sizeof(character_traits) == 1);

namespace detail {

inline constexpr std::size_t traits_block_size = 256;
using traits_block = std::array<character_traits, traits_block_size>;

/// Filled on demand, never freed: a program that shows all of Unicode makes it one megabyte.
extern std::array<std::atomic<traits_block const*>, 0x110000 / traits_block_size> traits_blocks;

/// Fills the block of @p scalar, unless there is no memory for it.
[[nodiscard]] character_traits first_traits_of(char32_t scalar) noexcept;

}  // namespace detail

/// Threads: safe; the first look-up in each block of code points keeps the block's answers for all.
[[nodiscard]] inline character_traits traits_of(char32_t scalar) noexcept
{
    if (scalar < 0x300)  // Latin: no mark, nothing wide; U+00AD is shown, as xterm does
        return {};
    auto const* const known =
        detail::traits_blocks[scalar / detail::traits_block_size].load(std::memory_order_acquire);
    return known ? (*known)[scalar % detail::traits_block_size] : detail::first_traits_of(scalar);
}

/// Whether a variation selector 16 after @p scalar makes it an emoji, two cells wide.
[[nodiscard]] bool takes_emoji_presentation(char32_t scalar) noexcept;

/// Whether @p next is a whole Hangul syllable that joins nothing, coming after @p before (0: nothing). They
/// may join only what they seldom follow.
[[nodiscard]] constexpr bool is_syllable_apart(char32_t before, char32_t next) noexcept
{
    auto const is_syllable = [](char32_t scalar) { return scalar >= 0xAC00 && scalar <= 0xD7A3; };
    return is_syllable(next) && (before < 0x300 || is_syllable(before));
}

/// Whether @p scalar is one of the 26 letters of which two make a flag.
[[nodiscard]] bool is_regional_indicator(char32_t scalar) noexcept;

/// Whether a grapheme cluster that ends with @p before goes on with @p next. @p state is the walk's
/// memory: 0 at the start of a cluster.
[[nodiscard]] bool joins(char32_t before, char32_t next, std::int32_t& state) noexcept;

}  // namespace tendril::term
