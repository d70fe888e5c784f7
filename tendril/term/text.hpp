#pragma once

/// @file
/// A terminal's lines as plain text. Layer: term. Spec: parity T03.

#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendril::term {

/// What becomes of blanks at a line's end.
enum class blanks : std::uint8_t {
    cut,      ///< the line ends with its last visible character
    written,  ///< those the program wrote stay
    all       ///< the line is as wide as the screen
};

/// One line as UTF-8. @p owner is the terminal the line is from.
[[nodiscard]] std::string line_text(terminal const& owner, row const& line, blanks keep);

/// Appends one line as UTF-8.
void append_line_text(terminal const& owner, row const& line, blanks keep, std::string& to);

/// Lines of the history by index, 0 being the oldest that is kept. Indices beyond the end are left out.
struct line_range {
    std::size_t first = 0;
    std::size_t end = static_cast<std::size_t>(-1);
};

/// Appends the screen from top to bottom; each line ends with LF.
void append_screen_text(terminal const& of, blanks keep, std::string& to);

/// Appends the lines above the screen, oldest first; each ends with LF. Who writes a long history to a file
/// takes some thousand lines at a time and uses the same string again: memory that is new costs more than the
/// text.
void append_scrollback_text(terminal const& of, blanks keep, std::string& to, line_range const& lines = {});

/// The screen from top to bottom.
[[nodiscard]] std::vector<std::string> screen_text(terminal const& of, blanks keep);

/// The lines above the screen, oldest first.
[[nodiscard]] std::vector<std::string> scrollback_text(terminal const& of, blanks keep);

}  // namespace tendril::term
