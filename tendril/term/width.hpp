#pragma once

/// @file
/// How many cells a character takes, and which characters belong together.
/// Layer: term (utf8proc). Spec: UAX 11, UAX 29; the Unicode version is utf8proc's (15.0 with 2.8).

#include <cstdint>

namespace tendril::term {

/// What printing must know of a character, found in one look-up.
struct character_traits {
    /// Cells on its own: 0 for marks and format characters, 2 for East Asian wide, fullwidth and emoji by
    /// default, else 1. Ambiguous characters are narrow. An unassigned one takes one cell.
    std::uint8_t width = 1;

    /// Whether it may go on a cluster that does not end with a zero width joiner. When it may not, joins()
    /// need not be asked.
    bool may_join = false;
};

namespace detail {
[[nodiscard]] character_traits looked_up_traits(char32_t scalar) noexcept;
}

/// Threads: safe; the first look-up in each block of 256 code points keeps the block's answers for all.
[[nodiscard]] inline character_traits traits_of(char32_t scalar) noexcept
{
    if (scalar < 0x300)  // Latin: no mark, nothing wide; U+00AD is shown, as xterm does
        return {};
    return detail::looked_up_traits(scalar);
}

/// Whether a variation selector 16 after @p scalar makes it an emoji, two cells wide.
[[nodiscard]] bool takes_emoji_presentation(char32_t scalar) noexcept;

/// Whether @p scalar is one of the 26 letters of which two make a flag.
[[nodiscard]] bool is_regional_indicator(char32_t scalar) noexcept;

/// Whether a grapheme cluster that ends with @p before goes on with @p next. @p state is the walk's
/// memory: 0 at the start of a cluster.
[[nodiscard]] bool joins(char32_t before, char32_t next, std::int32_t& state) noexcept;

}  // namespace tendril::term
