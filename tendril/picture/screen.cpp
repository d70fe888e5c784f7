#include <tendril/picture/detail/line_painter.hpp>
#include <tendril/picture/detail/typeface.hpp>
#include <tendril/picture/screen.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

namespace tendril::picture {

std::optional<canvas> draw_screen(term::terminal const& of, screen_options const& options)
{
    if (options.scale < 1 || options.scale > largest_scale)
        return std::nullopt;
    auto const size = of.size();
    auto const width = size.columns * cell_width * options.scale;
    auto const height = size.rows * cell_height * options.scale;
    if (static_cast<std::size_t>(width) * static_cast<std::size_t>(height) > most_pixels)
        return std::nullopt;
    canvas made(
        width, height,
        of.palette(of.is(term::mode::reverse_screen) ? term::dynamic_foreground : term::dynamic_background));
    detail::typeface letters;
    detail::line_painter painter(of, made, letters, options.scale);
    auto const at = of.cursor();
    auto const drawn = options.cursor == term::cursor_drawing::shown && at.visible;
    for (int y = 0; y < size.rows; ++y)
        painter.draw(y, drawn && at.row == y ? at.column : term::no_cursor);
    return made;
}

}  // namespace tendril::picture
