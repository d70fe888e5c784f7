#pragma once

/// @file
/// The 94-character sets that ASCII text may be mapped through.
/// Layer: term. Spec: ECMA-35 (designation, locking and single shifts); VT510 manual, SCS.

#include <array>
#include <cstdint>

namespace tendril::term::detail {

enum class charset : std::uint8_t { ascii, dec_graphics, british };

/// G0 to G3 and which of them is in use.
struct charset_state {
    static constexpr std::uint8_t no_shift = 0xFF;

    std::array<charset, 4> sets{};
    std::uint8_t left = 0;                 ///< GL; GR is without effect under UTF-8
    std::uint8_t single_shift = no_shift;  ///< SS2 or SS3: for the next character only

    [[nodiscard]] bool is_plain() const noexcept
    {
        return sets[left] == charset::ascii && single_shift == no_shift;
    }
};

/// What @p byte (0x20..0x7E) shows in @p set.
[[nodiscard]] char32_t mapped(charset set, char byte) noexcept;

}  // namespace tendril::term::detail
