#pragma once

/// @file
/// Writes lines one below the other, so that what does not fit the screen scrolls into the history.
/// Layer: term. Spec: none; parity T12.

#include <tendril/term/detail/screen_writer.hpp>

namespace tendril::term::detail {

/// Fills a client's blank screen from the top; from its last row on each line scrolls the others up.
///
/// Lines that go on are continued by printing through the margin: nothing else tells a terminal. On a screen
/// of one row the last column of such a line cannot be blank.
class line_stream {
public:
    /// The client's screen is blank and its cursor at the top; see screen_writer for the rest.
    line_stream(terminal const& of, screen_writer& to);

    /// Writes @p line. @p next is the line that is written after it, or null.
    void write(row const& line, row const* next);

private:
    void paint(row const& line);
    [[nodiscard]] int paint_run(row const& line, int x, int end);
    [[nodiscard]] int paint_blanks(row const& line, int x, int end);
    void start_line();
    void flow_into(row const& line, row const& next);
    void enter_next_row(rendition fill) noexcept;
    void set_size(int row, line_size size);

    screen_writer& to_;
    int columns_;
    int last_row_;
    int row_ = 0;
    int start_ = 0;   ///< columns of the line that were written when the line before flowed into it
    rendition fill_;  ///< what the client's row is blank in
};

}  // namespace tendril::term::detail
