#include <tendril/record/detail/asciicast_json.hpp>
#include <tendril/record/utf8_carry.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include <boost/json.hpp>

namespace tendril::record::detail {

namespace json = boost::json;

namespace {

json::parse_options lenient() noexcept
{
    json::parse_options options;
    options.allow_invalid_utf8 = true;  // repaired and counted afterwards, instead of losing the recording
    return options;
}

std::string text_of(json::string const& value, warn_sink const& warn)
{
    std::string text;
    utf8_carry repair;
    repair.push(base::bytes_of({value.data(), value.size()}), text);
    repair.finish(text);
    if (repair.replaced_bytes() > 0)
        warn(std::to_string(repair.replaced_bytes()) + " bytes that are not UTF-8 replaced");
    return text;
}

std::string text_member(json::object const& from, std::string_view name, warn_sink const& warn)
{
    auto const* const value = from.if_contains({name.data(), name.size()});
    return value && value->is_string() ? text_of(value->get_string(), warn) : std::string();
}

std::optional<double> number_of(json::value const* value) noexcept
{
    if (!value || !value->is_number())
        return std::nullopt;
    error_code ignored;
    return value->to_number<double>(ignored);
}

std::optional<moment> duration_member(json::object const& from, std::string_view name) noexcept
{
    auto const seconds = number_of(from.if_contains({name.data(), name.size()}));
    if (!seconds || !(*seconds >= 0))
        return std::nullopt;
    auto const most = std::chrono::duration<double>(longest_recording).count();
    return moment(std::llround(std::min(*seconds, most) * 1e6));
}

/// A number of cells; anything that is no sensible one is put right.
std::optional<std::uint16_t> cells_member(json::object const& from, std::string_view name,
                                          std::uint16_t unknown, std::uint16_t most, warn_sink const& warn)
{
    auto const count = number_of(from.if_contains({name.data(), name.size()}));
    if (!count)
        return std::nullopt;
    if (!(*count >= 1)) {  // recorders without a terminal write 0
        warn("the header has no usable " + std::string(name) + "; taken as " + std::to_string(unknown));
        return unknown;
    }
    if (*count > most) {
        warn(std::string(name) + " of the header is beyond " + std::to_string(most) + ", which is taken");
        return most;
    }
    return static_cast<std::uint16_t>(*count);
}

std::optional<colour> parse_colour(std::string_view text) noexcept
{
    if (text.size() != 7 || text[0] != '#')
        return std::nullopt;
    unsigned value = 0;
    for (char const c : text.substr(1)) {
        unsigned digit = 0;
        if (c >= '0' && c <= '9')
            digit = static_cast<unsigned>(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = static_cast<unsigned>(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = static_cast<unsigned>(c - 'A') + 10;
        else
            return std::nullopt;
        value = value * 16 + digit;
    }
    return colour{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 0xff),
                  static_cast<std::uint8_t>(value & 0xff)};
}

std::optional<theme> parse_theme(json::object const& from, warn_sink const& warn)
{
    auto const foreground = parse_colour(text_member(from, "fg", warn));
    auto const background = parse_colour(text_member(from, "bg", warn));
    if (!foreground || !background)
        return std::nullopt;
    theme read{*foreground, *background, {}};
    auto const palette = text_member(from, "palette", warn);
    std::string_view rest = palette;
    while (!rest.empty() && read.palette.size() <= 16) {
        auto const one = parse_colour(rest.substr(0, rest.find(':')));
        if (!one)
            return std::nullopt;
        read.palette.push_back(*one);
        rest.remove_prefix(std::min(rest.size(), std::size_t{8}));
    }
    if (read.palette.size() != 8 && read.palette.size() != 16)
        return std::nullopt;
    return read;
}

void read_theme(json::object const& owner, header& into, warn_sink const& warn)
{
    auto const* const found = owner.if_contains("theme");
    if (!found || !found->is_object())
        return;
    into.colours = parse_theme(found->get_object(), warn);
    if (!into.colours)
        warn("the theme is not understood; ignored");
}

void read_environment(json::object const& from, header& into, warn_sink const& warn)
{
    auto const* const found = from.if_contains("env");
    if (!found || !found->is_object())
        return;
    for (auto const& [name, value] : found->get_object())
        if (value.is_string())
            into.environment[std::string(name.data(), name.size())] = text_of(value.get_string(), warn);
}

/// What every version says in the same words.
void read_members_of_every_version(json::object const& from, header& into, warn_sink const& warn)
{
    into.command = text_member(from, "command", warn);
    into.title = text_member(from, "title", warn);
    into.duration = duration_member(from, "duration");
    into.idle_time_limit = duration_member(from, "idle_time_limit");
    read_environment(from, into, warn);
    if (auto const seconds = number_of(from.if_contains("timestamp"))) {
        constexpr double latest = 253402300799.0;  // the end of the year 9999
        if (*seconds >= 0 && *seconds <= latest)
            into.began =
                std::chrono::sys_time<moment>(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
        else
            warn("the timestamp is absurd; ignored");
    }
    if (auto const* const more = from.if_contains("metadata"); more && more->is_object())
        for (auto const& [name, value] : more->get_object())
            if (value.is_string())
                into.more[std::string(name.data(), name.size())] = text_of(value.get_string(), warn);
    auto const* const tags = from.if_contains("tags");
    if (tags && tags->is_array())
        for (auto const& tag : tags->get_array())
            if (tag.is_string())
                into.tags.push_back(text_of(tag.get_string(), warn));
}

bool read_size(json::object const& from, std::string_view columns_name, std::string_view rows_name,
               header& into, warn_sink const& warn)
{
    auto const columns = cells_member(from, columns_name, 80, largest_screen.columns, warn);
    auto const rows = cells_member(from, rows_name, 24, largest_screen.rows, warn);
    if (!columns || !rows)
        return false;
    into.size = {*columns, *rows};
    return true;
}

std::optional<errc> read_header_object(json::object const& from, header& into, warn_sink const& warn)
{
    into = header{};
    auto const version = number_of(from.if_contains("version"));
    if (!version)
        return errc::not_a_recording;
    if (*version != 1 && *version != 2 && *version != 3)
        return errc::unsupported_version;
    into.version = static_cast<int>(*version);
    read_members_of_every_version(from, into, warn);
    if (into.version < 3) {
        if (!read_size(from, "width", "height", into, warn))
            return errc::no_size;
        read_theme(from, into, warn);
    } else {
        auto const* const term = from.if_contains("term");
        if (!term || !term->is_object() || !read_size(term->get_object(), "cols", "rows", into, warn))
            return errc::no_size;
        into.terminal_type = text_member(term->get_object(), "type", warn);
        into.terminal_version = text_member(term->get_object(), "version", warn);
        read_theme(term->get_object(), into, warn);
    }
    if (auto const found = into.environment.find("TERM");
        into.terminal_type.empty() && found != into.environment.end())
        into.terminal_type = found->second;
    return std::nullopt;
}

bool has_at_least(json::value const& value, std::size_t count) noexcept
{
    return value.is_array() && value.get_array().size() >= count;
}

}  // namespace

std::expected<first_line, errc> read_header(std::string_view line, header& into, warn_sink const& warn)
{
    json::stream_parser parser({}, lenient());
    error_code why;
    auto const used = parser.write_some(line.data(), line.size(), why);
    bool const is_object =
        line.find_first_not_of(" \t") < line.size() && line[line.find_first_not_of(" \t")] == '{';
    if (!is_object || why)
        return std::unexpected(errc::not_a_recording);
    if (!parser.done())
        return first_line::whole_document;
    if (line.find_first_not_of(" \t\r", used) != line.npos)
        return std::unexpected(errc::not_a_recording);
    auto const parsed = parser.release();
    if (auto const failed = read_header_object(parsed.get_object(), into, warn))
        return std::unexpected(*failed);
    return into.version == 1 ? first_line::whole_document : first_line::header;
}

std::expected<raw_event, errc> read_event(std::string_view line, warn_sink const& warn)
{
    std::array<unsigned char, 4096> room;  // most lines fit, so that parsing them allocates nothing
    json::monotonic_resource memory(room.data(), room.size());
    error_code why;
    auto const parsed = json::parse({line.data(), line.size()}, why, &memory, lenient());
    if (why)
        return std::unexpected(errc::not_json);
    if (!has_at_least(parsed, 3))
        return std::unexpected(errc::not_an_event);
    auto const& parts = parsed.get_array();
    auto const seconds = number_of(&parts[0]);
    if (!seconds)
        return std::unexpected(errc::bad_time);
    if (!parts[1].is_string() || !parts[2].is_string())
        return std::unexpected(errc::not_an_event);
    return raw_event{*seconds, text_of(parts[1].get_string(), warn), text_of(parts[2].get_string(), warn)};
}

std::expected<std::vector<raw_event>, errc> read_document(std::string_view text, header& into,
                                                          warn_sink const& warn)
{
    error_code why;
    auto const parsed = json::parse({text.data(), text.size()}, why, {}, lenient());
    if (why || !parsed.is_object())
        return std::unexpected(errc::not_a_recording);
    if (auto const failed = read_header_object(parsed.get_object(), into, warn))
        return std::unexpected(*failed);
    auto const* const frames = parsed.get_object().if_contains("stdout");
    if (into.version != 1 || !frames || !frames->is_array())
        return std::unexpected(errc::not_a_recording);
    std::vector<raw_event> events;
    for (auto const& frame : frames->get_array()) {
        auto const delay = has_at_least(frame, 2) ? number_of(&frame.get_array()[0]) : std::nullopt;
        if (!delay || !frame.get_array()[1].is_string())
            return std::unexpected(errc::not_an_event);
        events.push_back({*delay, "o", text_of(frame.get_array()[1].get_string(), warn)});
    }
    return events;
}

}  // namespace tendril::record::detail
