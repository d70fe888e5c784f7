#include <tendril/record/detail/script_header.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace tendril::record::detail {

namespace {

/// Reads exactly @p count digits and what must follow them; -1 when they are not there.
int take_number(std::string_view& text, std::size_t count, char after) noexcept
{
    int number = 0;
    if (text.size() < count)
        return -1;
    auto const end = text.data() + count;
    auto const is_digits =
        std::ranges::all_of(text.substr(0, count), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_digits || std::from_chars(text.data(), end, number).ptr != end)
        return -1;
    text.remove_prefix(count);
    if (after != 0) {
        if (text.empty() || text[0] != after)
            return -1;
        text.remove_prefix(1);
    }
    return number;
}

std::optional<std::uint16_t> parse_cells(std::string_view text, std::uint16_t most) noexcept
{
    std::uint16_t cells = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), cells);
    if (code != std::errc{} || end != text.data() + text.size() || cells == 0)
        return std::nullopt;
    return std::min(cells, most);
}

}  // namespace

std::optional<std::chrono::sys_time<moment>> parse_script_date(std::string_view text) noexcept
{
    using namespace std::chrono;
    auto const years = take_number(text, 4, '-');
    auto const months = take_number(text, 2, '-');
    auto const days_of_month = take_number(text, 2, ' ');
    auto const hour = take_number(text, 2, ':');
    auto const minute = take_number(text, 2, ':');
    auto const second = take_number(text, 2, 0);
    if (text.empty() || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    auto const sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
    auto const zone_hours = take_number(text, 2, ':');
    auto const zone_minutes = take_number(text, 2, 0);
    auto const lowest =
        std::min({years, months, days_of_month, hour, minute, second, zone_hours, zone_minutes});
    if (lowest < 0 || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    year_month_day const day{year(years), month(static_cast<unsigned>(months)),
                             std::chrono::day(static_cast<unsigned>(days_of_month))};
    if (!day.ok())
        return std::nullopt;
    auto const when = sys_days(day) + hours(hour) + minutes(minute) + seconds(second) -
                      sign * (hours(zone_hours) + minutes(zone_minutes));
    if (when.time_since_epoch() <= seconds(0))
        return std::nullopt;
    return when;
}

std::string script_date(std::chrono::sys_time<moment> when)
{
    using namespace std::chrono;
    auto const date = floor<days>(when);
    year_month_day const day(date);
    hh_mm_ss const time(floor<seconds>(when - date));
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d+00:00",
                  static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return text.data();
}

void read_script_line(std::string_view line, header& into)
{
    line.remove_prefix(std::min(line.size(), script_started.size()));
    if (auto const began = parse_script_date(line.substr(0, line.find(" ["))))
        into.began = began;
    // script does not escape the command's own quotes; what follows it has none.
    for (std::string_view const key : {"COMMAND", "TERM", "COLUMNS", "LINES"})
        if (auto const value = script_value(line, key))
            read_script_member(key, *value, into);
}

void read_script_member(std::string_view key, std::string_view value, header& into)
{
    if (key == "START_TIME") {
        if (auto const began = parse_script_date(value))
            into.began = began;
    } else if (key == "COMMAND") {
        into.command = value;
    } else if (key == "TERM") {
        into.terminal_type = value;
        into.environment["TERM"] = value;
    } else if (key == "SHELL") {
        into.environment["SHELL"] = value;
    } else if (key == "COLUMNS") {
        into.size.columns = parse_cells(value, largest_screen.columns).value_or(into.size.columns);
    } else if (key == "LINES") {
        into.size.rows = parse_cells(value, largest_screen.rows).value_or(into.size.rows);
    }
}

std::optional<std::string_view> script_value(std::string_view text, std::string_view key) noexcept
{
    auto const opening = std::string(key) + "=\"";
    auto const found = key == "COMMAND" ? text.find(opening) : text.rfind(opening);
    if (found == text.npos)
        return std::nullopt;
    auto value = text.substr(found + opening.size());
    auto end = value.npos;
    if (key == "COMMAND")
        for (std::string_view const next : {"\" TERM=\"", "\" TTY=\"", "\" COLUMNS=\"", "\" <not executed"})
            end = std::min(end, value.rfind(next));
    if (end == value.npos)
        end = key == "COMMAND" ? value.rfind("\"]") : value.find('"');
    return end == value.npos ? std::nullopt : std::optional(value.substr(0, end));
}

}  // namespace tendril::record::detail
