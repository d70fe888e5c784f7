#include <tendril/record/recording.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tendril::record {

namespace {

/// Digits only; a number too large for any screen is the largest screen.
std::optional<std::uint16_t> parse_cells(std::string_view digits, std::uint16_t most) noexcept
{
    std::uint64_t count = 0;
    auto const [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (end != digits.data() + digits.size() || code == std::errc::invalid_argument)
        return std::nullopt;
    if (code == std::errc::result_out_of_range)
        return most;
    return static_cast<std::uint16_t>(std::clamp<std::uint64_t>(count, 1, most));
}

}  // namespace

std::string to_string(colour of)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (auto const part : {of.red, of.green, of.blue}) {
        text += digits[part >> 4];
        text += digits[part & 15];
    }
    return text;
}

std::string to_string(screen_size size)
{
    return std::to_string(size.columns) + "x" + std::to_string(size.rows);
}

std::optional<screen_size> parse_size(std::string_view text) noexcept
{
    auto const cross = text.find('x');
    if (cross == text.npos)
        return std::nullopt;
    auto const columns = parse_cells(text.substr(0, cross), largest_screen.columns);
    auto const rows = parse_cells(text.substr(cross + 1), largest_screen.rows);
    if (!columns || !rows)
        return std::nullopt;
    return screen_size{*columns, *rows};
}

}  // namespace tendril::record
