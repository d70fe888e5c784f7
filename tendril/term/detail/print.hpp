#pragma once

/// @file
/// Text onto the grid: wrapping, charsets, wide characters and clusters.
/// Layer: term (utf8proc). Spec: DEC STD 070, "autowrap"; UAX 29 for what shares a cell.

#include <tendril/term/detail/state.hpp>

#include <string_view>

namespace tendril::term::detail {

/// Prints bytes 0x20..0x7E through the current charset.
void print_ascii(state& s, std::string_view run);

/// Prints scalar values of U+00A0 and above and printable ASCII between them.
void print_text(state& s, std::u32string_view text);

/// Prints one scalar value of U+00A0 or above, or one that a charset gave.
void print_scalar(state& s, char32_t scalar);

/// Prints characters from U+00A0 to U+00FF as the charset in GR shows them, or the one that is shifted to.
void print_upper_half(state& s, std::u32string_view text);

}  // namespace tendril::term::detail
