#include <tendril/term/detail/strings.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace tendril::term::detail {

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char digit) noexcept
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

}  // namespace

std::string_view next_field(std::string_view& text, char separator)
{
    auto const end = std::min(text.find(separator), text.size());
    auto const field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
}

std::optional<int> number_of(std::string_view text)
{
    int value = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, value);
    if (text.empty() || read.ec != std::errc() || read.ptr != end)
        return std::nullopt;
    return value;
}

std::string clean(std::string_view text, std::size_t limit_bytes)
{
    auto whole = vt::repaired_utf8(text);
    std::erase_if(whole, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7F; });
    for (auto at = whole.find('\xc2'); at != std::string::npos; at = whole.find('\xc2', at))
        if (static_cast<unsigned char>(whole[at + 1]) < 0xA0)
            whole.erase(at, 2);  // a C1 control: it would end or begin something when the text is passed on
        else
            ++at;
    if (whole.size() > limit_bytes) {
        auto end = limit_bytes;
        while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80)
            --end;
        whole.resize(end);
    }
    return whole;
}

std::string to_hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (auto const each : bytes) {
        text += digits[static_cast<unsigned char>(each) >> 4];
        text += digits[static_cast<unsigned char>(each) & 15];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view digits)
{
    if (digits.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        auto const high = hex_value(digits[i]);
        auto const low = hex_value(digits[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string to_base64(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        auto const count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? base64_digits[(group >> (18 - 6 * k)) & 63u] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text)
{
    while (text.ends_with('='))
        text.remove_suffix(1);
    std::string bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (auto const each : text) {
        auto const value = base64_digits.find(each);
        if (value == std::string_view::npos)
            return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(group >> bits & 0xFF);
        }
    }
    return bytes;
}

}  // namespace tendril::term::detail
