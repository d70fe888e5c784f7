#include <tendril/session/size_limits.hpp>

#include <algorithm>

namespace tendril::session {

namespace {

std::uint16_t clamped(std::uint16_t asked, std::uint16_t usual, std::uint16_t limit) noexcept
{
    return std::min(asked < 2 ? usual : asked, std::max<std::uint16_t>(limit, 2));
}

std::uint16_t pixels(std::uint16_t cells, std::uint16_t of_each) noexcept
{
    return static_cast<std::uint16_t>(std::min(65535, int{cells} * int{of_each}));
}

}  // namespace

pty::window_size clamped(pty::window_size asked, size_limits limits, cell_pixels cell) noexcept
{
    asked.rows = clamped(asked.rows, 24, limits.rows);
    asked.columns = clamped(asked.columns, 80, limits.columns);
    if (cell.width != 0)
        asked.width = pixels(asked.columns, cell.width);
    if (cell.height != 0)
        asked.height = pixels(asked.rows, cell.height);
    return asked;
}

}  // namespace tendril::session
