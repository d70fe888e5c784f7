#include <tendril/term/detail/color_spec.hpp>
#include <tendril/term/detail/measured_color.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace tendril::term::detail {

namespace {

std::optional<unsigned> hex_number(std::string_view digits)
{
    unsigned value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const read = std::from_chars(digits.data(), end, value, 16);
    if (digits.empty() || digits.size() > 4 || read.ec != std::errc() || read.ptr != end)
        return std::nullopt;
    return value;
}

/// One channel of rgb:, scaled: "f" is as bright as "ffff".
std::optional<std::uint8_t> scaled(std::string_view digits)
{
    auto const value = hex_number(digits);
    if (!value)
        return std::nullopt;
    auto const most = (1u << (4 * digits.size())) - 1;
    return static_cast<std::uint8_t>((*value * 255 + most / 2) / most);
}

/// One channel of the # forms, whose digits are the highest ones: "#fff" is not white.
std::optional<std::uint8_t> leading(std::string_view digits)
{
    auto const value = hex_number(digits);
    if (!value)
        return std::nullopt;
    return static_cast<std::uint8_t>(*value << (16 - 4 * digits.size()) >> 8);
}

using channel = std::optional<std::uint8_t> (*)(std::string_view);

std::optional<rgb> from_channels(std::array<std::string_view, 3> const& parts, channel read)
{
    auto const red = read(parts[0]);
    auto const green = read(parts[1]);
    auto const blue = read(parts[2]);
    if (!red || !green || !blue)
        return std::nullopt;
    return rgb{*red, *green, *blue};
}

std::optional<rgb> from_slashes(std::string_view text, channel read)
{
    if (std::ranges::count(text, '/') != 2)
        return std::nullopt;
    std::array<std::string_view, 3> parts;
    for (auto& part : parts)
        part = next_field(text, '/');
    return from_channels(parts, read);
}

std::optional<rgb> from_digits(std::string_view digits)
{
    auto const each = digits.size() / 3;
    if (each * 3 != digits.size())
        return std::nullopt;
    return from_channels({digits.substr(0, each), digits.substr(each, each), digits.substr(2 * each)},
                         leading);
}

std::optional<rgb> from_name(std::string_view text)
{
    std::string name;
    for (auto const each : text)
        if (each != ' ')
            name += each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    auto const names = color_names();
    auto const found = std::ranges::lower_bound(names, std::string_view(name), {}, &color_name::name);
    if (found == names.end() || found->name != name)
        return std::nullopt;
    return found->value;
}

}  // namespace

std::optional<rgb> parse_color(std::string_view text)
{
    if (text.starts_with('#'))
        return from_digits(text.substr(1));
    if (text.starts_with("rgb:") || text.starts_with("RGB:"))
        return from_slashes(text.substr(4), scaled);
    if (text.find(':') != std::string_view::npos)
        return parse_measured_color(text);
    return text.size() <= 32 ? from_name(text) : std::nullopt;
}

std::string spelled(rgb value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "rgb:";
    for (auto const each : {value.red, value.green, value.blue}) {
        for (int twice = 0; twice < 2; ++twice) {
            text += digits[each >> 4];
            text += digits[each & 15];
        }
        text += '/';
    }
    text.pop_back();
    return text;
}

}  // namespace tendril::term::detail
