#include <tendril/base/quote.hpp>

#include <algorithm>

namespace tendril::base {

namespace {

bool is_plain(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("%+,-./:=@_^").contains(c);
}

}  // namespace

std::string shell_quote(std::string_view word)
{
    if (!word.empty() && std::ranges::all_of(word, is_plain))
        return std::string(word);

    std::string quoted = "'";
    for (char const c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

std::string shell_join(std::span<std::string const> words)
{
    std::string line;
    for (auto const& word : words) {
        if (!line.empty())
            line += ' ';
        line += shell_quote(word);
    }
    return line;
}

std::string printable(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            shown += c;
        } else {
            shown += "\\x";
            shown += digits[byte >> 4];
            shown += digits[byte & 15];
        }
    }
    return shown;
}

}  // namespace tendril::base
