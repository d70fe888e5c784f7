#include <tendril/record/detail/golog_extension.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace tendril::record::detail {

namespace {

constexpr std::string_view introducer = "\x1b]_;tendril|";
constexpr char terminator = '\x07';

constexpr std::array<std::pair<std::string_view, event_kind>, 6> kinds{{{"input", event_kind::input},
                                                                        {"marker", event_kind::marker},
                                                                        {"resize", event_kind::resize},
                                                                        {"gap", event_kind::gap},
                                                                        {"exit", event_kind::exit},
                                                                        {"other", event_kind::other}}};

bool is_plain(char c) noexcept
{
    return c >= ' ' && c <= '~' && c != '%' && c != '|';
}

void append_escaped(std::string& to, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_plain(c)) {
            to += c;
        } else {
            to += '%';
            to += digits[byte >> 4];
            to += digits[byte & 15];
        }
    }
}

std::optional<std::string> unescaped(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        if (text[0] != '%') {
            if (!is_plain(text[0]))
                return std::nullopt;
            plain += text[0];
            text.remove_prefix(1);
            continue;
        }
        unsigned char byte = 0;
        auto const digits = text.substr(1, 2);
        if (digits.size() < 2 ||
            std::from_chars(digits.data(), digits.data() + 2, byte, 16).ptr != digits.data() + 2)
            return std::nullopt;
        plain += static_cast<char>(byte);
        text.remove_prefix(3);
    }
    return plain;
}

}  // namespace

std::string extension_of(event const& from)
{
    std::string made(introducer);
    for (auto const& [name, kind] : kinds)
        if (kind == from.kind)
            made += name;
    made += '|';
    if (from.kind == event_kind::other) {
        append_escaped(made, from.code);
        made += '|';
    }
    append_escaped(made, from.kind == event_kind::resize ? to_string(from.size) : from.text);
    made += terminator;
    return made;
}

std::optional<event> read_extension(std::string_view bytes)
{
    if (!bytes.starts_with(introducer) || !bytes.ends_with(terminator))
        return std::nullopt;
    bytes = bytes.substr(introducer.size(), bytes.size() - introducer.size() - 1);
    auto const end = bytes.find('|');
    if (end == bytes.npos)
        return std::nullopt;
    event read;
    for (auto const& [name, kind] : kinds)
        if (name == bytes.substr(0, end))
            read.kind = kind;
    bytes.remove_prefix(end + 1);
    if (read.kind == event_kind::output)
        return std::nullopt;
    if (read.kind == event_kind::other) {
        auto const code = bytes.substr(0, bytes.find('|'));
        if (code.size() == bytes.size())
            return std::nullopt;
        bytes.remove_prefix(code.size() + 1);
        auto plain = unescaped(code);
        if (!plain)
            return std::nullopt;
        read.code = std::move(*plain);
    }
    auto text = unescaped(bytes);
    if (!text)
        return std::nullopt;
    if (read.kind == event_kind::resize) {
        auto const size = parse_size(*text);
        if (!size)
            return std::nullopt;
        read.size = *size;
        *text = to_string(*size);
    }
    read.text = std::move(*text);
    return read;
}

}  // namespace tendril::record::detail
