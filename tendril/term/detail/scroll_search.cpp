#include <tendril/term/detail/scroll_search.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tendril::term::detail {

namespace {

constexpr int fewest_changed_lines = 3;
constexpr int cost_of_scrolling = 20;  // bytes: a region set, a scroll, a region reset, a movement
constexpr int cost_of_reaching_a_line = 5;
constexpr std::size_t most_places = 8;  // a line that is at more of them tells nothing

/// The lines between the first and the last that changed, as hashes.
struct changed_span {
    int top = 0;
    std::vector<std::uint64_t> was;
    std::vector<std::uint64_t> now;
    std::vector<int> weight;  ///< what writing a line of now from nothing costs
};

/// Text hashes of the lines of a terminal: what a client already has is not hashed again.
class line_hashes {
public:
    line_hashes(std::vector<seen_line> const& was, terminal const& now, std::vector<std::uint64_t>& known)
        : was_(was), now_(now), known_(known)
    {
        known_.resize(was.size());
    }

    [[nodiscard]] std::uint64_t of(int y)
    {
        auto& hash = known_[static_cast<std::size_t>(y)];
        if (hash == 0)
            hash = find(y);
        return hash;
    }

private:
    [[nodiscard]] bool is_at(int place, row const& line) const noexcept
    {
        return place >= 0 && place < static_cast<int>(was_.size()) &&
               was_[static_cast<std::size_t>(place)].is_known_as(line);
    }

    /// Lines move together: where one is, there is the next. A line that is nowhere is looked for in vain
    /// only a few times.
    [[nodiscard]] std::uint64_t find(int y)
    {
        auto const& line = now_.line(y);
        if (!is_at(y + shift_, line) && searches_ < most_searches) {
            ++searches_;
            for (int place = 0; place < static_cast<int>(was_.size()); ++place)
                if (is_at(place, line))
                    shift_ = place - y;
        }
        return is_at(y + shift_, line) ? was_[static_cast<std::size_t>(y + shift_)].text_hash()
                                       : text_hash(line);
    }

    static constexpr int most_searches = 4;

    std::vector<seen_line> const& was_;
    terminal const& now_;
    std::vector<std::uint64_t>& known_;
    int shift_ = 0;
    int searches_ = 0;
};

std::optional<changed_span> changed_lines(std::vector<seen_line> const& was, terminal const& now,
                                          std::vector<std::uint64_t>& known)
{
    auto const rows = static_cast<int>(was.size());
    auto const same = [&](int y) {
        auto const& has = was[static_cast<std::size_t>(y)];
        return has.is_known_as(now.line(y)) || has.shows_same_as(now.line(y));
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
    auto const lines = static_cast<std::size_t>(bottom - top + 1);
    span.was.reserve(lines);
    span.now.reserve(lines);
    span.weight.reserve(lines);
    line_hashes hashes(was, now, known);
    for (int y = top; y <= bottom; ++y) {
        span.was.push_back(was[static_cast<std::size_t>(y)].text_hash());
        span.now.push_back(hashes.of(y));
        auto const end = text_end(now.line(y));
        span.weight.push_back(end == 0 ? 0 : end + cost_of_reaching_a_line);
    }
    return span;
}

/// Where hashes are in a list.
class hash_places {
public:
    explicit hash_places(std::vector<std::uint64_t> const& in)
        : in_(in), first_(std::bit_ceil(2 * in.size()), none), next_(in.size(), none)
    {
        for (std::size_t place = 0; place < in.size(); ++place)
            next_[place] = std::exchange(first_[slot_of(in[place])], static_cast<int>(place));
    }

    /// The first places of @p hash, as many as @p to has room for and there are; how many.
    std::size_t find(std::uint64_t hash, std::span<int> to) const noexcept
    {
        std::size_t count = 0;
        for (auto at = first_[slot_of(hash)]; at != none && count < to.size(); at = next_[index_of(at)])
            if (in_[index_of(at)] == hash)
                to[count++] = at;
        return count;
    }

private:
    static constexpr int none = -1;

    [[nodiscard]] static std::size_t index_of(int place) noexcept { return static_cast<std::size_t>(place); }
    [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const noexcept
    {
        return hash & (first_.size() - 1);
    }

    std::vector<std::uint64_t> const& in_;
    std::vector<int> first_;
    std::vector<int> next_;
};

/// What each shift would save over all lines: the sum of the weights of those it explains.
int best_shift(changed_span const& span)
{
    auto const count = static_cast<int>(span.now.size());
    hash_places const places(span.was);
    std::vector<int> saved(2 * span.now.size() + 1);
    for (int y = 0; y < count; ++y) {
        auto const index = static_cast<std::size_t>(y);
        if (span.weight[index] == 0 || span.was[index] == span.now[index])
            continue;
        std::array<int, most_places + 1> from{};
        auto const found = places.find(span.now[index], from);
        if (found > most_places)
            continue;
        for (auto const each : std::span(from).first(found))
            saved[static_cast<std::size_t>(each - y + count)] += span.weight[index];
    }
    auto const best = std::ranges::max_element(saved);
    return *best == 0 ? 0 : static_cast<int>(best - saved.begin()) - count;
}

}  // namespace

std::optional<moved_lines> find_moved_lines(std::vector<seen_line> const& was, terminal const& now,
                                            std::vector<std::uint64_t>& hashes)
{
    auto const span = changed_lines(was, now, hashes);
    if (!span)
        return std::nullopt;
    auto const shift = best_shift(*span);
    if (shift == 0)
        return std::nullopt;
    auto const count = static_cast<int>(span->now.size());
    auto const shows_same = [&](int from, int to) {
        auto const& has = was[static_cast<std::size_t>(from)];
        return has.is_known_as(now.line(to)) || has.shows_same_as(now.line(to));
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
