#pragma once

/// @file
/// How many cells a character takes, and which characters belong together.
/// Layer: term (utf8proc). Spec: UAX 11, UAX 29; the Unicode version is utf8proc's (15.0 with 2.8).

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tendril::term {

/// What the cluster rules know of a character: Unicode's Grapheme_Cluster_Break, and Extended_Pictographic.
enum class break_class : std::uint8_t {
    other,
    control,
    extend,
    hangul_l,
    hangul_v,
    hangul_t,
    hangul_lv,
    hangul_lvt,
    regional_indicator,
    spacing_mark,
    prepend,
    zero_width_joiner,
    pictographic
};

/// What printing must know of a character, found in one look-up.
struct character_traits {
    constexpr character_traits() = default;
    constexpr character_traits(std::uint8_t cells, bool joining, break_class what) noexcept
        : width(cells & 3u), may_join(joining), kind(what)
    {
    }

    /// Cells on its own: 0 for marks and format characters, 2 for East Asian wide, fullwidth and emoji by
    /// default, else 1. Ambiguous characters are narrow. An unassigned one takes one cell.
    std::uint8_t width : 2 = 1;

    /// Whether it may go on a cluster that does not end with a zero width joiner. When it may not, joins()
    /// need not be asked.
    bool may_join : 1 = false;

    break_class kind : 4 = break_class::other;
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
    if (scalar - 0x4E00 <
        0xA000 - 0x4E00)  // unified ideographs: a third of the table that need not be cached
        return character_traits(2, false, break_class::other);
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

/// What a walk through a grapheme cluster remembers beside its last code point.
struct cluster_walk {
    bool in_emoji = false;  ///< the end is an emoji with marks and then perhaps a joiner behind it
    bool has_pair = false;  ///< the end is the second of two regional indicators

    bool operator==(cluster_walk const&) const = default;
};

/// Whether a grapheme cluster that ends with @p before goes on with @p next; then @p walk goes on too.
/// Spec: UAX 29, rules GB3 to GB13.
[[nodiscard]] bool joins(char32_t before, char32_t next, cluster_walk& walk) noexcept;

}  // namespace tendril::term
