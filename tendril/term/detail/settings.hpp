#pragma once

/// @file
/// What a program has chosen that is neither a mode nor a rendition.
/// Layer: term. Spec: VT510 manual (DECSCL, DECSACE, DECSASD); xterm ctlseqs (XTCHECKSUM, XTSMTITLE,
/// XTMODKEYS).

#include <array>
#include <cstdint>

namespace tendril::term::detail {

/// Which kind of protection was asked for last: erasing heeds only one of them at a time, as in xterm.
enum class protection : std::uint8_t { off, dec, iso };

/// The bits of XTCHECKSUM.
namespace checksum {
inline constexpr unsigned positive = 1;        ///< do not negate the sum
inline constexpr unsigned plain = 2;           ///< do not add the attributes
inline constexpr unsigned all_blanks = 4;      ///< do not leave out blanks
inline constexpr unsigned undrawn_blanks = 8;  ///< count cells that were never written as blanks
inline constexpr unsigned whole_cells = 16;    ///< do not mask to 8 bits, count combining characters

// Until a program chooses: what can be read back cell by cell. With 0 xterm imitates the VT525.
inline constexpr unsigned initial = plain | all_blanks | undrawn_blanks | whole_cells;
}  // namespace checksum

/// The bits of XTSMTITLE.
namespace title_mode {
inline constexpr unsigned set_hex = 1;
inline constexpr unsigned query_hex = 2;
inline constexpr unsigned set_utf8 = 4;    ///< titles are always UTF-8: recorded only
inline constexpr unsigned query_utf8 = 8;  ///< recorded only
}  // namespace title_mode

/// Everything of this kind. Plain data: a reset is an assignment.
struct settings {
    int conformance_level = 4;      ///< DECSCL: the last digit of the VTx00
    bool level_was_chosen = false;  ///< before, what the levels forbid is not forbidden
    bool eight_bit_replies = false;
    bool eight_bit_input = false;  ///< ESC % @; UTF-8 is ESC % G
    bool keys_locked = false;      ///< DECUDK
    protection guard = protection::off;
    bool rectangles_only = false;  ///< DECSACE 2
    unsigned checksum_bits = checksum::initial;
    unsigned title_modes = title_mode::set_utf8 | title_mode::query_utf8;
    std::uint8_t status_line = 0;               ///< DECSSDT: 0 none, 1 indicator, 2 writable by the host
    bool status_line_selected = false;          ///< DECSASD
    std::array<std::uint8_t, 8> key_options{};  ///< XTMODKEYS, by resource; 4 is modifyOtherKeys
    std::array<std::uint8_t, 8> key_formats{};  ///< XTFMTKEYS, by resource
    bool iconified = false;                     ///< CSI 2 t; there is no window, only the answer to CSI 11 t
    int window_x = 0;                           ///< CSI 3 t, pixels
    int window_y = 0;
    std::uint8_t shift_escape = 0;    ///< XTSHIFTESCAPE
    std::uint8_t pointer_hiding = 1;  ///< XTSMPOINTER
};

}  // namespace tendril::term::detail
