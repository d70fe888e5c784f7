#include <tendril/term/detail/image_size.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <cstddef>

namespace tendril::term::detail {

namespace {

constexpr int most_pixels = 1 << 20;  // a side; what claims more is nonsense

int byte_at(std::string_view file, std::size_t at) noexcept
{
    return static_cast<unsigned char>(file[at]);
}

int big_endian_16(std::string_view file, std::size_t at) noexcept
{
    return byte_at(file, at) << 8 | byte_at(file, at + 1);
}

std::optional<pixel_size> checked(int width, int height) noexcept
{
    if (width < 1 || height < 1 || width > most_pixels || height > most_pixels)
        return std::nullopt;
    return pixel_size{width, height};
}

std::optional<pixel_size> size_of_png(std::string_view file)
{
    if (file.size() < 24 || byte_at(file, 16) != 0 || byte_at(file, 20) != 0)
        return std::nullopt;
    return checked(byte_at(file, 17) << 16 | big_endian_16(file, 18),
                   byte_at(file, 21) << 16 | big_endian_16(file, 22));
}

std::optional<pixel_size> size_of_gif(std::string_view file)
{
    if (file.size() < 10)
        return std::nullopt;
    return checked(byte_at(file, 7) << 8 | byte_at(file, 6), byte_at(file, 9) << 8 | byte_at(file, 8));
}

/// Walks the segments up to the frame header.
std::optional<pixel_size> size_of_jpeg(std::string_view file)
{
    for (std::size_t at = 2; at + 9 < file.size() && byte_at(file, at) == 0xFF;) {
        auto const marker = byte_at(file, at + 1);
        auto const is_frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame)
            return checked(big_endian_16(file, at + 7), big_endian_16(file, at + 5));
        at += 2 + static_cast<std::size_t>(big_endian_16(file, at + 2));
    }
    return std::nullopt;
}

/// Reads a number at @p at and moves @p at behind it.
int number_at(std::string_view text, std::size_t& at) noexcept
{
    int value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
        value = std::min(value * 10 + (text[at] - '0'), most_pixels);
    return value;
}

/// "Pan;Pad;Ph;Pv of DECGRA, if the image begins with it.
std::optional<pixel_size> raster_attributes(std::string_view payload)
{
    if (!payload.starts_with('"'))
        return std::nullopt;
    int numbers[4] = {};
    std::size_t at = 1;
    for (auto& each : numbers) {
        each = number_at(payload, at);
        if (at < payload.size() && payload[at] == ';')
            ++at;
    }
    return checked(numbers[2], numbers[3]);
}

}  // namespace

std::optional<pixel_size> size_of_picture(std::string_view file)
{
    if (file.starts_with("\x89PNG\r\n\x1a\n"))
        return size_of_png(file);
    if (file.starts_with("GIF8"))
        return size_of_gif(file);
    if (file.starts_with("\xff\xd8"))
        return size_of_jpeg(file);
    return std::nullopt;
}

pixel_size size_of_sixels(std::string_view payload)
{
    if (auto const said = raster_attributes(payload))
        return *said;
    pixel_size painted;
    int column = 0;
    int repeat = 1;
    for (std::size_t at = 0; at < payload.size();) {
        auto const each = payload[at++];
        if (each >= '?' && each <= '~') {
            column = std::min(column + repeat, most_pixels);
            painted.width = std::max(painted.width, column);
            painted.height = std::max(painted.height, 6);
        } else if (each == '-') {
            painted.height = std::min(std::max(painted.height, 6) + 6, most_pixels);
        }
        if (each == '-' || each == '$')
            column = 0;
        repeat = each == '!' ? std::max(1, number_at(payload, at)) : 1;
    }
    if (payload.ends_with('-'))  // a last graphics newline paints nothing
        painted.height -= 6;
    return painted;
}

}  // namespace tendril::term::detail
