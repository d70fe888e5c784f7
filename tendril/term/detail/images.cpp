#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/images.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tendril::term::detail {

int cells_for(int pixels, int cell) noexcept
{
    return (pixels + cell - 1) / cell;
}

grid_size cells_for(state const& s, pixel_size size) noexcept
{
    return {static_cast<std::uint16_t>(std::min(cells_for(size.width, s.host.pixels.width), 0xFFFF)),
            static_cast<std::uint16_t>(std::min(cells_for(size.height, s.host.pixels.height), 0xFFFF))};
}

void place_image(state& s, event image, after_image then)
{
    auto const column = s.at.column;
    auto row = s.at.row;
    image.what = event::kind::image;
    if (then != after_image::where_it_was) {
        // An image that is taller than everything scrolls away; further lines would change nothing.
        auto const down = std::min<int>(std::max<int>(image.size.rows, 1) - 1, 2 * s.rows);
        for (int i = 0; i < down; ++i) {
            auto const before = s.at.row;
            ind(s);
            row -= s.at.row == before ? 1 : 0;
        }
        move_to(s, then == after_image::behind_end ? column + image.size.columns : column, s.at.row);
    }
    notify_at(s, std::move(image), column, row);
}

std::uint16_t bounded_side(int value) noexcept
{
    return static_cast<std::uint16_t>(std::clamp(value, 0, 0xFFFF));
}

void append_to_draft(state& s, std::string_view part)
{
    auto& draft = s.image;
    if (draft.data.size() + part.size() > s.limits.strings.apc) {
        draft.overflowed = true;
        draft.data.clear();
    } else if (!draft.overflowed) {
        draft.data += part;
    }
}

void sixel(state& s, std::string_view payload)
{
    event image{.text = "sixel", .detail = std::string(payload)};
    image.size = cells_for(s, size_of_sixels(payload));
    if (s.is(mode::sixel_display)) {
        image.what = event::kind::image;
        notify_at(s, std::move(image), 0, 0);
        return;
    }
    auto const then = s.is(mode::sixel_cursor_right) ? after_image::behind_end : after_image::below_start;
    place_image(s, std::move(image), then);
}

void xtsmgraphics(state& s, numbers n)
{
    constexpr int color_registers = 1;
    constexpr int sixel_geometry = 2;
    constexpr int most_colors = 1024;
    auto const answer = [&](std::string const& rest) {
        reply(s, "\x1b[?" + std::to_string(n[0]) + ";" + rest + "S");
    };
    if (n[0] != color_registers && n[0] != sixel_geometry)
        answer("1;0");  // no such item
    else if (!s.host.shows_images || n[1] == 3)
        answer("3;0");  // not to be had
    else if (n[1] < 1 || n[1] > 4)
        answer("2;0");  // no such action
    else if (n[0] == color_registers)
        answer("0;" + std::to_string(most_colors));
    else
        answer("0;" + std::to_string(s.columns * s.host.pixels.width) + ";" +
               std::to_string(s.rows * s.host.pixels.height));
}

}  // namespace tendril::term::detail
