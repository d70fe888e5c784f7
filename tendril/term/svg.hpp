#pragma once

/// @file
/// A terminal's screen as a picture. Layer: term. Spec: SVG 1.1.

#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <string>

namespace tendril::term {

/// What is drawn around the screen.
enum class window_frame : std::uint8_t { none, titled };

/// How a picture is drawn.
struct svg_options {
    window_frame frame = window_frame::titled;
    std::string title;  ///< of the frame; empty: the terminal's own
    cursor_drawing cursor = cursor_drawing::shown;
};

/// Pixels of one cell and of what surrounds the grid; every coordinate is a multiple of these.
struct svg_metrics {
    static constexpr double cell_width = 8.4;  // 0.6 em of 14 px: the advance of nearly every monospace font
    static constexpr double cell_height = 17;  // box-drawing characters of neighbouring lines meet
    static constexpr double font_size = 14;
    static constexpr double baseline = 13;
    static constexpr double padding = 14;
    static constexpr double title_height = 34;
};

/// The screen's content as SVG elements in a coordinate system whose origin is the first cell's corner. The
/// text takes its font from the group around it: put it between svg_head() and svg_tail(), as often as a
/// film has frames.
[[nodiscard]] std::string svg_frame_body(terminal const& of, svg_options const& options);

/// Everything before the frame body: size, window, fonts, the group the body goes into.
[[nodiscard]] std::string svg_head(terminal const& of, svg_options const& options);

/// Everything behind the frame body.
[[nodiscard]] std::string svg_tail();

/// One self-contained picture. Columns align whatever the font, because every run says how long it is.
[[nodiscard]] std::string to_svg(terminal const& of, svg_options const& options = {});

}  // namespace tendril::term
