#include <tendril/expect/detail/automaton.hpp>
#include <tendril/expect/detail/automaton_cell.hpp>

#include <algorithm>
#include <array>

namespace tendril::expect::detail {

namespace {

constexpr std::size_t lane_count = 4;
constexpr std::size_t least_for_lanes = 512;
constexpr int most_penalty = 16;

struct lane {
    std::size_t at = 0;
    std::size_t end = 0;
    automaton::place here = 0;
};

struct transitions {
    std::uint32_t const* cells;
    std::uint8_t const* classes;

    [[nodiscard]] std::uint32_t operator()(std::uint32_t here, char byte) const noexcept
    {
        return cells[here + classes[static_cast<std::uint8_t>(byte)]];
    }
};

/// Takes bytes in all lanes until one of them is through, or meets what is more than a place.
void take_together(std::array<lane, lane_count>& lanes, std::string_view text, transitions next)
{
    auto const& [a, b, c, d] = lanes;
    auto const count = std::min({a.end - a.at, b.end - b.at, c.end - c.at, d.end - d.at});
    auto const* const at_a = text.data() + a.at;
    auto const* const at_b = text.data() + b.at;
    auto const* const at_c = text.data() + c.at;
    auto const* const at_d = text.data() + d.at;
    auto here_a = a.here;
    auto here_b = b.here;
    auto here_c = c.here;
    auto here_d = d.here;
    std::size_t i = 0;
    for (; i < count; ++i) {
        auto const next_a = next(here_a, at_a[i]);
        auto const next_b = next(here_b, at_b[i]);
        auto const next_c = next(here_c, at_c[i]);
        auto const next_d = next(here_d, at_d[i]);
        if ((next_a | next_b | next_c | next_d) > place_mask)
            break;
        here_a = next_a;
        here_b = next_b;
        here_c = next_c;
        here_d = next_d;
    }
    std::array const places{here_a, here_b, here_c, here_d};
    for (std::size_t each = 0; each < lane_count; ++each) {
        lanes[each].at += i;
        lanes[each].here = places[each];
    }
}

/// Takes bytes until the lane is through, or meets what is more than a place. True: it is through.
bool take_rest(lane& one, std::string_view text, transitions next)
{
    for (; one.at < one.end; ++one.at) {
        auto const to = next(one.here, text[one.at]);
        if (to > place_mask)
            return false;
        one.here = to;
    }
    return true;
}

}  // namespace

// A look-up waits for the one before it. Parts of a text that are looked at together do not wait for one
// another: each but the first begins behind a line feed, where the state is guessed, and proven once the part
// before it is through.
std::size_t automaton::run_lanes(place& from, std::string_view text)
{
    if (text.size() < least_for_lanes)
        return 0;
    if (lanes_penalty_ > 0) {
        --lanes_penalty_;
        return 0;
    }
    lanes_penalty_ = most_penalty;
    auto const guess = line_start_ ? *line_start_ : idle_behind(neighbour_of('\n'));
    std::array<lane, lane_count> lanes{};
    for (std::size_t i = 1; i < lane_count; ++i) {
        auto const begin = text.rfind('\n', text.size() * i / lane_count - 1) + 1;
        if (begin <= lanes[i - 1].at)  // or there is no line feed
            return 0;
        lanes[i - 1].end = begin;
        lanes[i] = {.at = begin, .end = 0, .here = guess};
    }
    lanes.front().here = from;
    lanes.back().end = text.size();
    transitions const next{table_.data(), class_of_.data()};
    take_together(lanes, text, next);

    std::size_t good = 0;
    bool through = take_rest(lanes[good], text, next);
    if (through)
        line_start_ = lanes[good].here;
    while (through && good + 1 < lane_count && lanes[good].here == guess)
        through = take_rest(lanes[++good], text, next);
    if (good > 0)
        lanes_penalty_ = 0;
    from = lanes[good].here;
    return lanes[good].at;
}

}  // namespace tendril::expect::detail
