#pragma once

/// @file
/// Neighbouring cells that look the same, for renderers that draw a run at once.
/// Layer: term. Spec: none.

#include <tendril/term/terminal.hpp>

#include <string>
#include <vector>

namespace tendril::term {

/// Where the cursor stands relative to a line that is drawn.
inline constexpr int no_cursor = -1;

/// A stretch of one line in one look.
struct run {
    int column = 0;
    int width = 0;  ///< cells
    rendition style;
    std::uint32_t decoration = 0;
    bool cursor = false;  ///< the one cell under the cursor
    bool wide = false;    ///< one character of two cells
    std::string text;     ///< UTF-8, one blank for each empty cell
};

/// Cuts @p line into runs. @p cursor_column is a run of its own; no_cursor when it is elsewhere. Cells behind
/// the last one that shows anything are left out.
///
/// A wide or combined character is a run of its own, so that a renderer can place each where it belongs.
[[nodiscard]] std::vector<run> runs_of(terminal const& owner, row const& line, int cursor_column);

/// The colours a run is drawn in, reverse, hidden and faint applied. @p reverse_screen is DECSCNM.
struct paint {
    rgb foreground;
    rgb background;
    rgb line;                      ///< of underlines
    bool plain_background = true;  ///< the background is the terminal's own
};

[[nodiscard]] paint paint_of(terminal const& owner, rendition style, std::uint32_t decoration);

/// "#rrggbb".
[[nodiscard]] std::string hex(rgb value);

/// Appends @p text with the five characters that XML and HTML reserve as entities. Code points that XML 1.0
/// forbids become U+FFFD.
void append_escaped(std::string& to, std::string_view text);

/// @p target if a document may link to it (http, https, ftp, mailto and file), else empty: a program's
/// output must not bring script into a page.
[[nodiscard]] std::string_view safe_target(std::string_view target) noexcept;

}  // namespace tendril::term
