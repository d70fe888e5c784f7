#pragma once

/// @file
/// Text onto the grid: wrapping, charsets, wide characters and clusters.
/// Layer: term (utf8proc). Spec: DEC STD 070, "autowrap"; UAX 29 for what shares a cell.

#include <tendril/term/detail/short_run.hpp>
#include <tendril/term/detail/state.hpp>

#include <string_view>

namespace tendril::term::detail {

/// Prints bytes 0x20..0x7E through the current charset. @p input_end is how far the bytes behind the run are
/// readable.
void print_ascii(state& s, std::string_view run, char const* input_end);

/// Prints @p run (0x20..0x7E) if it ends before the margin, as ASCII, over what is there: so is nearly all
/// text on a screen. Returns whether it did. @p input_end is how far the bytes behind the run are readable.
inline bool print_within_line(state& s, std::string_view run, char const* input_end)
{
    auto& at = s.at;
    auto& line = s.line();
    auto const to = at.column + static_cast<int>(run.size());
    if (to >= s.text_end_in(line) || at.pending_wrap || !at.charsets.is_plain() || s.is(mode::insert))
        return false;
    line.put_run(at.column, run, input_end - run.data(),
                 {.style = at.pen.style, .shown = {}, .decoration = at.pen.decoration});
    at.column = to;
    auto const last = static_cast<char32_t>(static_cast<unsigned char>(run.back()));
    s.join = {.open = true, .column = to - 1, .last = last, .walk = {}};
    s.repeatable = last;
    return true;
}

/// Prints scalar values of U+00A0 and above and printable ASCII between them.
void print_text(state& s, std::u32string_view text);

/// Prints the characters at the front of @p text that stay in the cursor's line, in one go. Returns how many;
/// 0 when the first needs more thought. Needs a plain charset, autowrap and no insert mode.
std::size_t print_together(state& s, std::u32string_view text);

/// Prints one scalar value of U+00A0 or above, or one that a charset gave.
void print_scalar(state& s, char32_t scalar);

/// Prints characters from U+00A0 to U+00FF as the charset in GR shows them, or the one that is shifted to.
void print_upper_half(state& s, std::u32string_view text);

}  // namespace tendril::term::detail
