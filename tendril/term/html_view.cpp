#include <tendril/term/detail/state.hpp>
#include <tendril/term/html_view.hpp>
#include <tendril/term/runs.hpp>

#include <algorithm>
#include <functional>

namespace tendril::term {

namespace {

/// Where the cursor is in line @p y and how it looks; 0 when it is elsewhere or hidden.
std::uint64_t cursor_key(cursor const& at, int y) noexcept
{
    if (!at.visible || at.row != y)
        return 0;
    return (static_cast<std::uint64_t>(at.column) + 1) << 8 | static_cast<std::uint64_t>(at.shape);
}

std::size_t hash_of_colors(terminal const& of)
{
    std::string all(1, of.is(mode::reverse_screen) ? '1' : '0');
    for (auto const& [entry, value] : of.inner().palette) {
        all += std::to_string(entry);
        for (auto const each : {value.red, value.green, value.blue})
            all += static_cast<char>(each);
    }
    return std::hash<std::string>()(all);
}

}  // namespace

html_view::memory& html_view::memory_of(std::string_view client)
{
    if (auto const known = by_name_.find(client); known != by_name_.end()) {
        by_age_.splice(by_age_.begin(), by_age_, known->second);
        return by_age_.front();
    }
    while (!by_age_.empty() && by_age_.size() >= most_clients_)
        remove(std::string(by_age_.back().name));
    by_age_.emplace_front();
    by_age_.front().name = client;
    by_name_.emplace(by_age_.front().name, by_age_.begin());
    return by_age_.front();
}

void html_view::remove(std::string_view client)
{
    auto const known = by_name_.find(client);
    if (known == by_name_.end())
        return;
    auto const entry = known->second;
    by_name_.erase(known);
    by_age_.erase(entry);
}

html_update html_view::update(std::string_view client, terminal const& now, html_amount amount)
{
    auto& known = memory_of(client);
    html_update sent;
    sent.is_full = amount == html_amount::full || known.lines.empty() || known.size != now.size() ||
                   known.shown != now.shown();
    sent.screen.resize(now.size().rows);
    if (!sent.is_full && known.generation == now.generation())
        return sent;
    if (amount == html_amount::full || known.lines.empty())
        known.pushed = 0;
    auto const colors = hash_of_colors(now);
    send_scrollback(known, now, sent);
    send_screen(known, now, sent.is_full || known.colors != colors, sent);
    known.generation = now.generation();
    known.colors = colors;
    known.size = now.size();
    known.shown = now.shown();
    return sent;
}

void html_view::send_scrollback(memory& known, terminal const& now, html_update& to)
{
    auto const& past = now.scrollback();
    auto const oldest = past.pushed() - past.size();
    auto const first = std::max(known.pushed, oldest);
    to.skipped_lines = first - known.pushed;
    row line;
    for (auto number = first; number < past.pushed(); ++number) {
        past.read(static_cast<std::size_t>(number - oldest), line);
        auto text = line_html(now, line, no_cursor);
        to.scrollback.push_back(text.empty() ? " " : std::move(text));
    }
    known.pushed = past.pushed();
}

void html_view::send_screen(memory& known, terminal const& now, bool all, html_update& to)
{
    auto const at = now.cursor();
    known.lines.resize(now.size().rows);
    for (int y = 0; y < now.size().rows; ++y) {
        auto const& line = now.line(y);
        auto& had = known.lines[static_cast<std::size_t>(y)];
        auto const cursor = cursor_key(at, y);
        if (!all && had.identity == line.identity() && had.generation == line.generation() &&
            had.cursor == cursor)
            continue;
        auto text = line_html(now, line, cursor == 0 ? no_cursor : at.column);
        if (text.empty())
            text = " ";
        auto const hash = std::hash<std::string>()(text);
        auto const is_new = to.is_full || hash != had.hash;
        had = {.identity = line.identity(), .generation = line.generation(), .cursor = cursor, .hash = hash};
        if (is_new)
            to.screen[static_cast<std::size_t>(y)] = std::move(text);
    }
}

}  // namespace tendril::term
