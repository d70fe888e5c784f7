#include <tendril/term/detail/controls.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tendril::term::detail {

namespace {

/// Cuts @p text at the first ';' and returns what was before it.
std::string_view next_field(std::string_view& text)
{
    auto const end = std::min(text.find(';'), text.size());
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

/// Well-formed, without controls, and no longer than the limit.
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

void set_title(state& s, std::string_view text)
{
    s.title = clean(text, s.limits.title_bytes);
    notify(s, {.what = event::kind::title, .text = s.title, .detail = {}});
}

void set_icon(state& s, std::string_view text)
{
    s.icon = clean(text, s.limits.title_bytes);
    notify(s, {.what = event::kind::icon, .text = s.icon, .detail = {}});
}

/// OSC 8 ; parameters ; target. An empty target ends the link.
void hyperlink(state& s, std::string_view rest)
{
    auto parameters = next_field(rest);
    auto& held = s.at.pen;
    held.link = 0;
    if (!rest.empty() && rest.size() <= s.limits.link_bytes) {
        std::string id;
        while (!parameters.empty()) {
            auto const end = std::min(parameters.find(':'), parameters.size());
            auto const pair = parameters.substr(0, end);
            parameters.remove_prefix(std::min(end + 1, parameters.size()));
            if (pair.starts_with("id="))
                id = clean(pair.substr(3), s.limits.link_bytes);
        }
        held.link = s.links.number_of({std::move(id), clean(rest, s.limits.link_bytes)});
    }
    refresh_decoration(s);
}

/// Reads "#rrggbb", "#rgb" or "rgb:r/g/b" with one to four digits each, as XParseColor does.
std::optional<rgb> parse_color(std::string_view text)
{
    std::array<std::string_view, 3> parts;
    if (text.starts_with("rgb:")) {
        text.remove_prefix(4);
        for (auto& part : parts) {
            auto const end = std::min(text.find('/'), text.size());
            part = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (!text.empty())
            return std::nullopt;
    } else if (text.starts_with('#') && text.size() % 3 == 1) {
        auto const digits = (text.size() - 1) / 3;
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i] = text.substr(1 + i * digits, digits);
    }
    std::array<std::uint8_t, 3> values{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        unsigned value = 0;
        auto const* const end = parts[i].data() + parts[i].size();
        auto const read = std::from_chars(parts[i].data(), end, value, 16);
        if (parts[i].empty() || parts[i].size() > 4 || read.ec != std::errc() || read.ptr != end)
            return std::nullopt;
        auto const most = (1u << (4 * parts[i].size())) - 1;
        values[i] = static_cast<std::uint8_t>((value * 255 + most / 2) / most);
    }
    return rgb{values[0], values[1], values[2]};
}

std::string spelled(rgb value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "rgb:";
    for (auto const each : {value.red, value.green, value.blue}) {
        for (int twice = 0; twice < 2; ++twice) {  // 16 bits a channel, as xterm answers
            text += digits[each >> 4];
            text += digits[each & 15];
        }
        text += '/';
    }
    text.pop_back();
    return text;
}

rgb current_color(state const& s, int entry)
{
    if (auto const changed = s.palette.find(entry); changed != s.palette.end())
        return changed->second;
    return entry < 256 ? default_palette(static_cast<std::uint8_t>(entry)) : default_dynamic_color(entry);
}

/// Sets entry @p entry to @p value, or answers when that is "?". @p name is what the answer begins with.
void color_request(state& s, int entry, std::string_view value, std::string_view name, vt::terminator end)
{
    if (value == "?") {
        reply(s, "\x1b]" + std::string(name) + ";" + spelled(current_color(s, entry)) +
                     (end == vt::terminator::bell ? "\x07" : "\x1b\\"));
    } else if (auto const wanted = parse_color(value)) {
        s.palette[entry] = *wanted;
    }
}

void palette_requests(state& s, std::string_view rest, vt::terminator end)
{
    while (!rest.empty()) {
        auto const entry = number_of(next_field(rest));
        auto const value = next_field(rest);
        if (entry && *entry >= 0 && *entry < 256)
            color_request(s, *entry, value, "4;" + std::to_string(*entry), end);
    }
}

/// OSC 10, 11 and 12; further fields go to the following numbers.
void dynamic_requests(state& s, int number, std::string_view rest, vt::terminator end)
{
    for (; number <= 12 && !rest.empty(); ++number)
        color_request(s, dynamic_foreground + number - 10, next_field(rest), std::to_string(number), end);
}

void reset_palette(state& s, std::string_view rest)
{
    if (rest.empty())
        std::erase_if(s.palette, [](auto const& each) { return each.first < 256; });
    while (!rest.empty())
        if (auto const entry = number_of(next_field(rest)); entry && *entry < 256)
            s.palette.erase(*entry);
}

void notification(state& s, std::string_view title, std::string_view body)
{
    notify(s, {.what = event::kind::notification,
               .text = clean(body, s.limits.title_bytes),
               .detail = clean(title, s.limits.title_bytes)});
}

}  // namespace

void osc(state& s, std::string_view payload, vt::terminator end)
{
    auto rest = payload;
    auto const number = number_of(next_field(rest)).value_or(-1);
    switch (number) {
    case 0:
        set_icon(s, rest);
        set_title(s, rest);
        break;
    case 1:
        set_icon(s, rest);
        break;
    case 2:
        set_title(s, rest);
        break;
    case 4:
        palette_requests(s, rest, end);
        break;
    case 7:
        notify(s, {.what = event::kind::directory, .text = clean(rest, 4096), .detail = {}});
        break;
    case 8:
        hyperlink(s, rest);
        break;
    case 9:
        if (!rest.starts_with("4;"))  // 9;4 is ConEmu's progress bar
            notification(s, {}, rest);
        break;
    case 10:
    case 11:
    case 12:
        dynamic_requests(s, number, rest, end);
        break;
    case 104:
        reset_palette(s, rest);
        break;
    case 110:
    case 111:
    case 112:
        s.palette.erase(dynamic_foreground + number - 110);
        break;
    case 133:
        notify(s, {.what = event::kind::shell_mark, .text = clean(rest, 256), .detail = {}});
        break;
    case 777:
        if (next_field(rest) == "notify") {
            auto const title = next_field(rest);
            notification(s, title, rest);
        }
        break;
    case 1337:
        if (rest.starts_with("File="))
            notify(s, {.what = event::kind::image, .text = "iterm2", .detail = std::string(rest)});
        break;
    default:
        break;  // OSC 52 among them: the clipboard is not the program's
    }
}

}  // namespace tendril::term::detail
