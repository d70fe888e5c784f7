#include <tendril/record/detail/asciicast_json.hpp>
#include <tendril/record/detail/byte_runs.hpp>

#include <utility>

#include <boost/json.hpp>

namespace tendril::record::detail {

namespace json = boost::json;

namespace {

json::object theme_object(theme const& from)
{
    std::string palette;
    for (auto const& each : from.palette)
        palette += (palette.empty() ? "" : ":") + to_string(each);
    return {{"fg", to_string(from.foreground)}, {"bg", to_string(from.background)}, {"palette", palette}};
}

/// Seconds, without a fraction where there is none.
json::value seconds_value(moment time)
{
    if (time % std::chrono::seconds(1) == moment(0))
        return std::chrono::floor<std::chrono::seconds>(time).count();
    return std::chrono::duration<double>(time).count();
}

json::object environment_object(header const& from, environment_policy policy)
{
    json::object written;
    for (auto const& [name, value] : from.environment)
        if (policy == environment_policy::all || name == "SHELL" || name == "TERM")
            written[name] = value;
    return written;
}

json::object size_object(header const& from, int version)
{
    if (version < 3)
        return {{"version", version}, {"width", from.size.columns}, {"height", from.size.rows}};
    json::object term{{"cols", from.size.columns}, {"rows", from.size.rows}};
    if (!from.terminal_type.empty())
        term["type"] = from.terminal_type;
    if (!from.terminal_version.empty())
        term["version"] = from.terminal_version;
    if (from.colours)
        term["theme"] = theme_object(*from.colours);
    return {{"version", version}, {"term", std::move(term)}};
}

void append_escape(std::string& to, char c)
{
    constexpr std::string_view short_ones = "\rr\nn\"\"\\\\\tt\bb\ff";
    constexpr std::string_view digits = "0123456789abcdef";
    to += '\\';
    for (std::size_t at = 0; at < short_ones.size(); at += 2)
        if (short_ones[at] == c) {
            to += short_ones[at + 1];
            return;
        }
    to += "u00";
    to += digits[static_cast<unsigned char>(c) >> 4];
    to += digits[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_string(std::string& to, std::string_view text)
{
    to += '"';
    for (;;) {
        auto const plain = unescaped_run(text);
        to += text.substr(0, plain);
        if (plain == text.size())
            break;
        append_escape(to, text[plain]);
        text.remove_prefix(plain + 1);
    }
    to += '"';
}

std::string header_line(header const& from, int version, environment_policy policy)
{
    auto line = size_object(from, version);
    if (from.began)
        line["timestamp"] = std::chrono::floor<std::chrono::seconds>(from.began->time_since_epoch()).count();
    if (from.duration)
        line["duration"] = seconds_value(*from.duration);
    if (from.idle_time_limit)
        line["idle_time_limit"] = seconds_value(*from.idle_time_limit);
    if (!from.command.empty())
        line["command"] = from.command;
    if (!from.title.empty())
        line["title"] = from.title;
    auto environment = environment_object(from, policy);
    if (version < 3 && !from.terminal_type.empty() && !environment.contains("TERM"))
        environment["TERM"] = from.terminal_type;
    if (!environment.empty())
        line["env"] = std::move(environment);
    if (version < 3 && from.colours)
        line["theme"] = theme_object(*from.colours);
    if (!from.tags.empty())
        line["tags"] = json::value_from(from.tags);
    if (!from.more.empty())
        line["metadata"] = json::value_from(from.more);
    return json::serialize(line);
}

}  // namespace tendril::record::detail
