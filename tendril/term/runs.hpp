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
struct stretch {
    int column = 0;
    int width = 0;  ///< cells
    rendition style;
    std::uint32_t decoration = 0;
    bool cursor = false;  ///< the one cell under the cursor
    bool wide = false;    ///< one character of two cells
};

/// Cuts a line into stretches, one after the other. The cursor's cell is one of its own. Cells behind the
/// last one that shows anything are left out.
///
/// A wide or combined character stands alone, so that a renderer can place each where it belongs.
///
/// Lifetime: the line must outlive it. Cost: no allocation; a plain line is one step.
class stretches {
public:
    /// @p cursor_column is no_cursor when the cursor is elsewhere.
    stretches(terminal const& owner, row const& line, int cursor_column) noexcept;

    /// Whether there is another one, which current() is then.
    [[nodiscard]] bool next() noexcept;
    [[nodiscard]] stretch const& current() const noexcept { return current_; }

private:
    [[nodiscard]] bool stands_alone(int column) const noexcept;
    [[nodiscard]] int end_of_look(int column) const noexcept;

    row const& line_;
    int cursor_;
    int end_;
    int at_ = 0;
    stretch current_;
};

/// Appends the text of columns [@p from, @p to) of @p line as UTF-8 with append_escaped()'s entities, one
/// blank for each empty cell.
void append_escaped_cells(std::string& text, terminal const& owner, row const& line, int from, int to);

/// A stretch with its text.
struct run : stretch {
    std::string text;  ///< UTF-8, one blank for each empty cell
};

/// All stretches of @p line with their text.
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
