#include <charconv>
#include <cstdint>

#include <apps/tendril/size_option.hpp>

namespace tendril::app {

namespace {

std::optional<std::uint16_t> side(std::string_view text) noexcept
{
    unsigned value = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, value);
    if (text.empty() || read.ec != std::errc() || read.ptr != end || value < 1 || value > largest_side)
        return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

}  // namespace

std::optional<term::grid_size> parse_size(std::string_view text) noexcept
{
    auto const cross = text.find('x');
    if (cross == std::string_view::npos)
        return std::nullopt;
    auto const columns = side(text.substr(0, cross));
    auto const rows = side(text.substr(cross + 1));
    if (!columns || !rows)
        return std::nullopt;
    return term::grid_size{*columns, *rows};
}

std::string size_complaint(std::string_view text)
{
    return "'" + std::string(text) + "' is no size: write COLSxROWS, such as 80x24, each from 1 to " +
           std::to_string(largest_side);
}

}  // namespace tendril::app
