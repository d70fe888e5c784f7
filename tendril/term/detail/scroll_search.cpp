#include <tendril/term/detail/row_painter.hpp>
#include <tendril/term/detail/scroll_search.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tendril::term::detail {

namespace {

constexpr int fewest_changed_lines = 3;
constexpr int cost_of_scrolling = 20;  // bytes: a region set, a scroll, a region reset, a movement
constexpr int cost_of_reaching_a_line = 5;

std::uint64_t mixed(std::uint64_t value) noexcept
{
    value *= 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio: spreads neighbouring numbers
    return value ^ value >> 29;
}

/// Of the text only: colours rarely tell lines apart, and whoever acts on a match compares all of it.
std::uint64_t hash_of(row const& line) noexcept
{
    std::uint64_t hash = static_cast<std::uint64_t>(line.used());
    auto const add = [&](void const* at, std::size_t bytes) {
        auto const* from = static_cast<char const*>(at);
        for (std::uint64_t word = 0; bytes != 0; from += sizeof word) {
            auto const count = std::min(bytes, sizeof word);
            word = 0;
            std::memcpy(&word, from, count);
            hash = mixed(hash ^ word);
            bytes -= count;
        }
    };
    add(line.bytes().data(), line.bytes().size());
    add(line.glyphs().data(), line.glyphs().size_bytes());
    return hash;
}

/// The lines between the first and the last that changed, as hashes.
struct changed_span {
    int top = 0;
    std::vector<std::uint64_t> was;
    std::vector<std::uint64_t> now;
    std::vector<int> weight;  ///< what writing a line of now from nothing costs
};

std::optional<changed_span> changed_lines(std::vector<row> const& was, terminal const& now)
{
    auto const rows = static_cast<int>(was.size());
    auto const same = [&](int y) {
        auto const& has = was[static_cast<std::size_t>(y)];
        return is_known_as(has, now.line(y)) || has.shows_same_as(now.line(y));
    };
    auto top = 0;
    while (top < rows && same(top))
        ++top;
    auto bottom = rows - 1;
    while (bottom > top && same(bottom))
        --bottom;
    if (bottom - top + 1 < fewest_changed_lines)
        return std::nullopt;
    changed_span span{.top = top, .was = {}, .now = {}, .weight = {}};
    for (int y = top; y <= bottom; ++y) {
        span.was.push_back(hash_of(was[static_cast<std::size_t>(y)]));
        span.now.push_back(hash_of(now.line(y)));
        auto const end = text_end(now.line(y));
        span.weight.push_back(end == 0 ? 0 : end + cost_of_reaching_a_line);
    }
    return span;
}

/// What each shift would save over all lines: the sum of the weights of those it explains.
int best_shift(changed_span const& span)
{
    auto const count = static_cast<int>(span.now.size());
    std::vector<std::pair<std::uint64_t, int>> places;
    places.reserve(span.was.size());
    for (int y = 0; y < count; ++y)
        places.emplace_back(span.was[static_cast<std::size_t>(y)], y);
    std::ranges::sort(places);
    std::vector<int> saved(2 * span.now.size() + 1);
    for (int y = 0; y < count; ++y) {
        auto const index = static_cast<std::size_t>(y);
        if (span.weight[index] == 0 || span.was[index] == span.now[index])
            continue;
        auto const [from, to] =
            std::ranges::equal_range(places, span.now[index], {}, &std::pair<std::uint64_t, int>::first);
        if (to - from > 8)
            continue;  // a line that is everywhere tells nothing
        for (auto at = from; at != to; ++at)
            saved[static_cast<std::size_t>(at->second - y + count)] += span.weight[index];
    }
    auto const best = std::ranges::max_element(saved);
    return *best == 0 ? 0 : static_cast<int>(best - saved.begin()) - count;
}

}  // namespace

std::optional<moved_lines> find_moved_lines(std::vector<row> const& was, terminal const& now)
{
    auto const span = changed_lines(was, now);
    if (!span)
        return std::nullopt;
    auto const shift = best_shift(*span);
    if (shift == 0)
        return std::nullopt;
    auto const count = static_cast<int>(span->now.size());
    auto const shows_same = [&](int from, int to) {
        auto const& has = was[static_cast<std::size_t>(from)];
        return is_known_as(has, now.line(to)) || has.shows_same_as(now.line(to));
    };
    moved_lines best;
    auto best_saving = 0;
    auto const first = std::max(0, -shift);
    auto const end = std::min(count, count - shift);
    for (int y = first; y < end;) {
        auto const from = y;
        auto saving = 0;
        for (; y < end; ++y) {
            auto const index = static_cast<std::size_t>(y);
            if (span->now[index] != span->was[static_cast<std::size_t>(y + shift)] ||
                !shows_same(span->top + y + shift, span->top + y))
                break;
            if (span->was[index] != span->now[index])
                saving += span->weight[index];
        }
        if (saving > best_saving) {
            best_saving = saving;
            best = {.first = span->top + from, .last = span->top + y - 1, .shift = shift};
        }
        if (y == from)
            ++y;
    }
    // What the movement tears from its place must be written again.
    auto const torn_from = shift > 0 ? best.last + 1 : best.first + shift;
    for (int y = torn_from; y < torn_from + std::abs(shift); ++y) {
        auto const index = y - span->top;
        if (index >= 0 && index < count &&
            span->was[static_cast<std::size_t>(index)] == span->now[static_cast<std::size_t>(index)])
            best_saving -= span->weight[static_cast<std::size_t>(index)];
    }
    if (best_saving <= cost_of_scrolling)
        return std::nullopt;
    return best;
}

}  // namespace tendril::term::detail
