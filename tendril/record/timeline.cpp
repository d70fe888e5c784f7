#include <tendril/base/bytes.hpp>
#include <tendril/record/pace.hpp>
#include <tendril/record/timeline.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::record {

/// A point in the output: all events before one, and this many bytes of that one, have happened.
struct timeline::place {
    std::size_t event = 0;
    std::size_t offset = 0;
};

namespace {

// Shorter than this, a screen is not taken in.
constexpr moment seen_after = std::chrono::milliseconds(100);

term::grid_size grid_of(screen_size size) noexcept
{
    return {std::clamp<std::uint16_t>(size.columns, 1, largest_screen.columns),
            std::clamp<std::uint16_t>(size.rows, 1, largest_screen.rows)};
}

bool is_blank(term::row const& line) noexcept
{
    for (int x = 0; x < line.used(); ++x) {
        auto const each = line.at(x);
        bool const is_space =
            each.shown.is_blank() || (!each.shown.is_cluster() && each.shown.value() == ' ');
        if (!is_space || !each.style.background().is_default() || each.style.has(term::attribute::reverse))
            return false;
    }
    return true;
}

bool is_blank(term::terminal const& screen) noexcept
{
    for (int y = 0; y < screen.size().rows; ++y)
        if (!is_blank(screen.line(y)))
            return false;
    return true;
}

bool same_picture(term::terminal const& one, term::terminal const& other) noexcept
{
    if (one.size() != other.size() || one.cursor() != other.cursor() || one.shown() != other.shown() ||
        one.is(term::mode::reverse_screen) != other.is(term::mode::reverse_screen))
        return false;
    for (int y = 0; y < one.size().rows; ++y)
        if (!one.line(y).shows_same_as(other.line(y)))
            return false;
    return true;
}

/// The length of a sequence that may empty the screen - ED, a reset, a mode that is left - at the beginning
/// of
/// @p output; 0 when there is none.
std::size_t emptying_size(std::string_view output) noexcept
{
    if (output.starts_with("\x1b"
                           "c"))
        return 2;
    if (!output.starts_with("\x1b["))
        return 0;
    auto const last = output.find_first_not_of("?0123456789;", 2);
    return last < output.size() && (output[last] == 'J' || output[last] == 'l') ? last + 1 : 0;
}

/// Where the piece of @p output that begins at @p from ends, so that no piece holds more than one emptying
/// sequence, and that alone.
std::size_t piece_end(std::string_view output, std::size_t from) noexcept
{
    if (auto const size = emptying_size(output.substr(from)); size > 0)
        return from + size;
    for (auto at = output.find('\x1b', from + 1); at != output.npos; at = output.find('\x1b', at + 1))
        if (emptying_size(output.substr(at)) > 0)
            return at;
    return output.size();
}

/// What a program would write to give its terminal the colours of @p from: OSC 10, 11 and 4.
std::string theme_sequences(theme const& from)
{
    auto text =
        "\x1b]10;" + to_string(from.foreground) + "\x1b\\\x1b]11;" + to_string(from.background) + "\x1b\\";
    for (std::size_t n = 0; n < from.palette.size(); ++n)
        text += "\x1b]4;" + std::to_string(n) + ";" + to_string(from.palette[n]) + "\x1b\\";
    return text;
}

/// When each event happens once idle time is cut.
std::vector<moment> paced_times(std::vector<event> const& events, std::optional<moment> idle_limit)
{
    std::vector<moment> times;
    times.reserve(events.size());
    pace clock(1, idle_limit);
    moment now{0};
    for (auto const& each : events)
        times.push_back(now += std::chrono::floor<moment>(clock.wait_until(each.time)));
    return times;
}

}  // namespace

void apply(event const& happened, term::terminal& screen)
{
    if (happened.kind == event_kind::output)
        screen.feed(base::bytes_of(happened.text));
    else if (happened.kind == event_kind::resize)
        screen.resize(grid_of(happened.size));
}

timeline::timeline(recording from) noexcept : recorded_(std::move(from)) {}

moment timeline::length() const noexcept
{
    return recorded_.events.empty() ? moment(0) : recorded_.events.back().time;
}

/// In each direction, over the whole recording.
screen_size timeline::largest_size() const noexcept
{
    auto most = grid_of(recorded_.head.size);
    for (auto const& each : recorded_.events) {
        if (each.kind != event_kind::resize)
            continue;
        most.columns = std::max(most.columns, grid_of(each.size).columns);
        most.rows = std::max(most.rows, grid_of(each.size).rows);
    }
    return {most.columns, most.rows};
}

term::terminal timeline::fresh(history_kept kept) const
{
    term::terminal_limits limits;
    limits.history_lines = kept == history_kept::lines ? history_cells / largest_size().columns : 0;
    term::terminal screen(grid_of(recorded_.head.size), limits);
    if (recorded_.head.colours)
        screen.feed(base::bytes_of(theme_sequences(*recorded_.head.colours)));
    return screen;
}

term::terminal timeline::screen_at(moment when) const
{
    auto screen = fresh(history_kept::lines);
    for (auto const& each : recorded_.events) {
        if (each.time > when)
            break;
        apply(each, screen);
    }
    return screen;
}

term::terminal timeline::screen_at_place(place const& where) const
{
    auto screen = fresh(history_kept::lines);
    for (std::size_t n = 0; n < where.event; ++n)
        apply(recorded_.events[n], screen);
    if (where.event < recorded_.events.size()) {
        auto const output = std::string_view(recorded_.events[where.event].text);
        screen.feed(base::bytes_of(output.substr(0, where.offset)));
    }
    return screen;
}

timeline::place timeline::telling_place() const
{
    auto screen = fresh(history_kept::lines);
    std::optional<place> last_filled;   // anywhere
    std::optional<place> last_program;  // in the alternate screen
    std::optional<place> last_seen;     // in the alternate screen, long enough for a person
    std::vector<std::string> returned_to;
    auto const look = [&](place const& here) {
        if (is_blank(screen))
            return;
        last_filled = here;
        if (screen.shown() == term::screen_kind::alternate)
            last_program = here;
    };

    for (std::size_t n = 0; n < recorded_.events.size(); ++n) {
        auto const& each = recorded_.events[n];
        if (each.kind != event_kind::output) {
            apply(each, screen);
            continue;
        }
        std::string_view const output = each.text;
        for (std::size_t at = 0; at < output.size();) {
            auto const end = piece_end(output, at);
            auto const before = screen.shown();
            screen.feed(base::bytes_of(output.substr(at, end - at)));
            if (before == term::screen_kind::alternate && screen.shown() == term::screen_kind::primary)
                returned_to = screen.dump();
            look({n, end});
            at = end;
        }
        // A program that leaves may scroll or clear its screen first: nobody saw that.
        bool const stays =
            n + 1 == recorded_.events.size() || recorded_.events[n + 1].time - each.time >= seen_after;
        if (stays && screen.shown() == term::screen_kind::alternate && !is_blank(screen))
            last_seen = {n, output.size()};
    }

    place const end{recorded_.events.size(), 0};
    bool const shows_news = screen.shown() == term::screen_kind::alternate || screen.dump() != returned_to;
    if (last_program && !shows_news)
        return last_seen.value_or(*last_program);
    return is_blank(screen) ? last_filled.value_or(end) : end;
}

term::terminal timeline::telling_screen() const
{
    return screen_at_place(telling_place());
}

animation timeline::frames(frame_limits const& limits) const
{
    auto const times = paced_times(recorded_.events, limits.idle_limit);
    animation film;
    auto const last = telling_place();
    if (!times.empty())
        film.length = times[std::min(last.event, times.size() - 1)];
    auto const size = largest_size();
    auto const most =
        std::max<std::size_t>(std::min(limits.most, film_cells / (std::size_t{size.columns} * size.rows)), 2);
    auto const step =
        std::max({limits.shortest, film.length / static_cast<std::int64_t>(most - 1), moment(1)});

    auto screen = fresh(history_kept::nothing);
    std::optional<moment> changed;  // since when the last frame is out of date
    auto const take_frame = [&] {
        if (film.frames.empty() || !same_picture(film.frames.back().screen, screen))
            film.frames.push_back({*changed, screen});
        changed.reset();
    };
    for (std::size_t n = 0; n < std::min(last.event + 1, recorded_.events.size()); ++n) {
        if (changed && times[n] >= *changed + step)
            take_frame();
        if (n == last.event)
            screen.feed(base::bytes_of(std::string_view(recorded_.events[n].text).substr(0, last.offset)));
        else
            apply(recorded_.events[n], screen);
        if (!changed)
            changed = times[n];
    }
    if (!changed)
        changed = film.length;
    take_frame();
    film.frames.front().begins = moment(0);
    return film;
}

}  // namespace tendril::record
