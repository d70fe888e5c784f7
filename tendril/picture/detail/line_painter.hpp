#pragma once

/// @file
/// One line of a screen, drawn on a canvas. Layer: picture (term).

#include <tendril/picture/canvas.hpp>
#include <tendril/picture/detail/typeface.hpp>
#include <tendril/term/runs.hpp>
#include <tendril/term/terminal.hpp>

#include <string_view>

namespace tendril::picture::detail {

/// Draws lines: grounds first, then what stands on them, so that nothing that leans over is cut off.
class line_painter {
public:
    /// @p scale is the number of pixels of a unit in a line of single size. Lifetime: all three outlive it.
    line_painter(term::terminal const& of, canvas& to, typeface& letters, int scale) noexcept
        : of_(of), to_(to), letters_(letters), scale_(scale)
    {
    }

    /// Draws line @p row; @p cursor_column is no_cursor when the cursor is elsewhere.
    void draw(int row, int cursor_column);

private:
    /// Where a line's cells are, and how large.
    struct place {
        int top = 0;
        int scale_x = 1;
        int scale_y = 1;
    };

    [[nodiscard]] place place_of(int row) const noexcept;
    [[nodiscard]] area cells(int column, int width) const noexcept;
    void draw_cursor(term::run const& under);
    void draw_text(term::run const& each, term::rgb color);
    void draw_cluster(std::string_view text, term::run const& of, term::rgb color);
    void draw_character(char32_t character, int column, int width, term::rendition style, term::rgb color);
    void draw_shape(char32_t character, int column, term::rgb color);
    void draw_lines(term::run const& each, term::paint const& colors);
    void draw_stripe(area const& along, int top, int bottom, term::rgb color);
    void draw_dashes(area const& along, int dash, int period, term::rgb color);
    void draw_wave(area const& along, term::rgb color);

    term::terminal const& of_;
    canvas& to_;
    typeface& letters_;
    int scale_;
    place place_;
};

}  // namespace tendril::picture::detail
