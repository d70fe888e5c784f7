#pragma once

/// @file
/// A terminal's lines as plain text. Layer: term. Spec: parity T03.

#include <tendril/term/terminal.hpp>

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

/// Appends what was written to one line as UTF-8; blanks between become spaces.
void append_line_text(terminal const& owner, row const& line, std::string& to);

/// The screen from top to bottom.
[[nodiscard]] std::vector<std::string> screen_text(terminal const& of, blanks keep);

/// The lines above the screen, oldest first.
[[nodiscard]] std::vector<std::string> scrollback_text(terminal const& of, blanks keep);

}  // namespace tendril::term
