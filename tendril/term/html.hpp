#pragma once

/// @file
/// A terminal as HTML. Layer: term. Spec: parity T04.

#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>

#include <string>
#include <vector>

namespace tendril::term {

/// Scrollback and screen as lines of escaped HTML, each without a line end; styles are inline.
struct html_lines {
    std::vector<std::string> scrollback;
    std::vector<std::string> screen;
};

/// One line as HTML: text in spans for what is not plain, links only to schemes that are safe to follow.
/// @p cursor_column is where the cursor is drawn, no_cursor (-1) when it is elsewhere.
[[nodiscard]] std::string line_html(terminal const& owner, row const& line, int cursor_column);

/// All lines; the cursor is shown where it is visible.
[[nodiscard]] html_lines to_html_lines(terminal const& of, cursor_drawing cursor);

/// Appends the lines above the screen, each ended by LF; as append_scrollback_text().
void append_scrollback_html(terminal const& of, std::string& to, line_range const& lines = {});

/// One <pre> element with everything in it, to be put into a page.
[[nodiscard]] std::string to_html_fragment(terminal const& of, cursor_drawing cursor);

/// A self-contained page: nothing is loaded from elsewhere, no script.
[[nodiscard]] std::string to_html_page(terminal const& of, cursor_drawing cursor);

}  // namespace tendril::term
