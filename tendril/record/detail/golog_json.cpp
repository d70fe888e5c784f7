#include <tendril/record/detail/golog_json.hpp>
#include <tendril/record/golog.hpp>
#include <tendril/record/utf8_carry.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/json.hpp>

namespace tendril::record::detail {

namespace json = boost::json;

namespace {

/// What is read into a field of its own; everything else is kept as text.
constexpr std::array<std::string_view, 6> own_members{"version", "rows",       "columns",
                                                      "cols",    "start_date", "asciicast"};

/// Gate One writes some numbers as strings.
std::optional<std::int64_t> integer_of(json::value const* value) noexcept
{
    if (value && value->is_string()) {
        std::string_view const text = value->get_string();
        std::int64_t number = 0;
        auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (code == std::errc{} && end == text.data() + text.size())
            return number;
        return std::nullopt;
    }
    error_code why;
    auto const number = value && value->is_number() ? value->to_number<std::int64_t>(why) : 0;
    return value && value->is_number() && !why ? std::optional(number) : std::nullopt;
}

std::string repaired(std::string_view text)
{
    std::string valid;
    utf8_carry repair;
    repair.push(base::bytes_of(text), valid);
    repair.finish(valid);
    return valid;
}

/// Numbers go out as numbers where every reader agrees on them; dates have 13 digits and stay text.
json::value metadata_value(std::string const& text)
{
    std::int32_t number = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc{} && end == text.data() + text.size() && std::to_string(number) == text)
        return number;
    return json::string(text);
}

/// An asciicast header that says what the metadata say.
json::object as_asciicast(json::object const& from)
{
    if (auto const* const whole = from.if_contains("asciicast"); whole && whole->is_object())
        return whole->get_object();
    auto const* const columns =
        from.contains("columns") ? from.if_contains("columns") : from.if_contains("cols");
    return {{"version", 2},
            {"width", integer_of(columns).value_or(0)},
            {"height", integer_of(from.if_contains("rows")).value_or(0)}};
}

}  // namespace

std::expected<std::optional<std::int64_t>, errc> read_golog_metadata(std::string_view text, header& into,
                                                                     warn_sink const& warn)
{
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;
    error_code why;
    auto const parsed = json::parse({text.data(), text.size()}, why, {}, lenient);
    if (why || !parsed.is_object())
        return std::unexpected(errc::not_json);
    auto const& members = parsed.get_object();
    if (auto const* const version = members.if_contains("version");
        version && !(version->is_string() && version->get_string().starts_with("1.")) &&
        !(version->is_number() && integer_of(version) == 1))
        return std::unexpected(errc::unsupported_version);

    auto const head = read_header(json::serialize(as_asciicast(members)), into, warn);
    if (!head)
        return std::unexpected(head.error());
    for (auto const& [name, value] : members) {
        if (std::ranges::find(own_members, std::string_view(name)) != own_members.end())
            continue;
        auto const plain =
            value.is_string() ? std::string(std::string_view(value.get_string())) : json::serialize(value);
        into.more[repaired(name)] = repaired(plain);
    }
    if (auto const title = into.more.find("title"); title != into.more.end() && into.title.empty())
        into.title = title->second;
    return integer_of(members.if_contains("start_date"));
}

std::string golog_metadata(header const& from, std::int64_t began_millis, environment_policy environment)
{
    auto bare = from;
    bare.more.clear();
    bare.began.reset();
    json::object members{{"version", "1.0"}, {"rows", from.size.rows}, {"columns", from.size.columns}};
    if (from.began)
        members["start_date"] = std::to_string(began_millis);
    for (auto const& [name, value] : from.more)
        if (std::ranges::find(own_members, std::string_view(name)) == own_members.end())
            members[name] = metadata_value(value);
    error_code never;
    members["asciicast"] =
        json::parse(header_line(bare, 3, environment), never, {}, {.allow_invalid_utf8 = true});
    auto text = json::serialize(members);
    // The separator inside a string is said as JSON's pair of surrogates.
    for (auto found = text.find(golog_separator); found != text.npos;
         found = text.find(golog_separator, found))
        text.replace(found, golog_separator.size(), "\\udb83\\udf0f");
    return text;
}

}  // namespace tendril::record::detail
