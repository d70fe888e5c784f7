#pragma once

/// @file
/// One line of a screen as SVG elements. Layer: term. Spec: SVG 1.1; DECDWL, DECDHL.

#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::term::detail {

/// Line @p row with its backgrounds, text, lines and links, ended by LF; empty if nothing is to be seen. A
/// line of double size is a picture of its own within the picture, which cuts it where its cells end.
/// @p cursor_column is no_cursor when the cursor is elsewhere.
[[nodiscard]] std::string svg_line(terminal const& of, int row, int cursor_column);

}  // namespace tendril::term::detail
