#pragma once

/// @file
/// The character sets that ASCII text may be mapped through.
/// Layer: term. Spec: ECMA-35 (designation, locking and single shifts); VT510 manual, SCS and NRCS.

#include <array>
#include <cstdint>

namespace tendril::term::detail {

/// Sets of 94 characters first, those of 96 last.
enum class charset : std::uint8_t {
    ascii,
    dec_graphics,
    british,
    dutch,
    finnish,
    french,
    french_canadian,
    german,
    italian,
    norwegian,
    portuguese,
    spanish,
    swedish,
    swiss,
    serbo_croatian,
    turkish,
    greek,
    hebrew,
    russian,
    dec_supplemental,
    user_preferred,  ///< DEC Supplemental under the name of the set that a user would choose
    dec_technical,
    dec_greek,
    dec_hebrew,
    dec_turkish,
    dec_cyrillic,
    jis_roman,
    jis_katakana,
    latin_1,
    latin_2,
    latin_5,
    iso_greek,
    iso_hebrew,
    iso_cyrillic
};

/// Whether @p set has 96 characters: then 0x20 and 0x7F are among them.
[[nodiscard]] constexpr bool has_96(charset set) noexcept
{
    return set >= charset::latin_1;
}

/// G0 to G3 and which of them is in use.
struct charset_state {
    static constexpr std::uint8_t no_shift = 0xFF;

    std::array<charset, 4> sets{};
    std::uint8_t left = 0;                 ///< GL
    std::uint8_t right = 2;                ///< GR: without effect under UTF-8
    std::uint8_t single_shift = no_shift;  ///< SS2 or SS3: for the next character only

    bool operator==(charset_state const&) const = default;

    [[nodiscard]] bool is_plain() const noexcept
    {
        return sets[left] == charset::ascii && single_shift == no_shift;
    }
};

/// What @p byte (0x20..0x7E) shows in @p set.
[[nodiscard]] char32_t mapped(charset set, char byte) noexcept;

/// The characters of @p set from 0x20 on; null for ASCII, the line-drawing set and those that differ from
/// ASCII in a few places.
[[nodiscard]] std::array<char32_t, 96> const* whole_table(charset set) noexcept;

}  // namespace tendril::term::detail
