#include <tendril/expect/detail/automaton.hpp>
#include <tendril/expect/detail/automaton_cell.hpp>

#include <algorithm>
#include <cstddef>

namespace tendril::expect::detail {

namespace {

constexpr std::size_t skip_block = 64;

// A skip has to gain this many bytes to be worth its start; what it gained before is its credit.
constexpr std::ptrdiff_t skip_price = 16;
constexpr int least_credit = 8;
constexpr int most_credit = 256;

}  // namespace

automaton::place automaton::idle_behind(neighbour before)
{
    return at({}, before);
}

std::size_t automaton::skip(std::string_view text) const noexcept
{
    auto const [a, b, c] = first_;
    std::size_t i = 0;
    for (; i + skip_block <= text.size(); i += skip_block) {
        unsigned char any = 0;
        for (std::size_t j = i; j < i + skip_block; ++j) {  // without a branch, so that it becomes SIMD
            any |= static_cast<unsigned char>(text[j] == a);
            any |= static_cast<unsigned char>(text[j] == b);
            any |= static_cast<unsigned char>(text[j] == c);
        }
        if (any != 0)
            break;
    }
    while (i < text.size() && text[i] != a && text[i] != b && text[i] != c)
        ++i;
    return i;
}

automaton::stop automaton::run(place& from, std::string_view& text)
{
    return way_ == direction::forward ? run_forward(from, text) : run_backward(from, text);
}

automaton::stop automaton::run_forward(place& from, std::string_view& text)
{
    skip_credit_ = std::max(skip_credit_, least_credit);
    bool idle = (flags_of(key_of(from)) & idle_flag) != 0;
    auto here = from;
    std::size_t i = 0;
    auto const leave = [&](stop why) {
        from = here;
        text.remove_prefix(i);
        return why;
    };
    while (i < text.size()) {
        bool const skipping = firsts_ != 0 && skip_credit_ > 0;
        if (idle && skipping) {
            auto const count = skip(text.substr(i));
            i += count;
            auto const gain = (static_cast<std::ptrdiff_t>(count) - skip_price) / skip_price;
            skip_credit_ = static_cast<int>(std::min<std::ptrdiff_t>(skip_credit_ + gain - 1, most_credit));
            if (checks_ && count > 0)
                here = idle_behind(neighbour_of(text[i - 1]));
            idle = false;
            continue;
        }
        if (firsts_ == 0)
            i += run_lanes(here, text.substr(i));
        auto const* const cells = table_.data();
        if (skipping || firsts_ == 0) {  // no flag is passed over, so what has none is the next place itself
            for (; i < text.size(); ++i) {
                auto const next = cells[here + class_of_[static_cast<std::uint8_t>(text[i])]];
                if (next > place_mask)
                    break;
                here = next;
            }
        } else {
            for (; i < text.size(); ++i) {
                auto const next = cells[here + class_of_[static_cast<std::uint8_t>(text[i])]];
                if ((next & stop_flag) != 0)
                    break;
                here = next & place_mask;
            }
        }
        if (i == text.size())
            break;
        auto const byte = static_cast<std::uint8_t>(text[i]);
        auto next = cells[here + class_of_[byte]];
        if (next == unbuilt)
            next = build(here, byte);
        if ((next & delayed_flag) != 0)
            return leave(stop::accepted_before);
        here = next & place_mask;
        ++i;
        if ((next & accept_flag) != 0)
            return leave(stop::accepted);
        idle = (next & idle_flag) != 0;
    }
    return leave(stop::end);
}

automaton::stop automaton::run_backward(place& from, std::string_view& text)
{
    auto here = from;
    auto rest = text.size();
    auto const leave = [&](stop why) {
        from = here;
        text = text.substr(0, rest);
        return why;
    };
    if ((flags_of(key_of(here)) & dead_flag) != 0)
        return leave(stop::dead);
    while (rest > 0) {
        auto const byte = static_cast<std::uint8_t>(text[rest - 1]);
        auto next = table_[here + class_of_[byte]];
        if (next == unbuilt)
            next = build(here, byte);
        if ((next & delayed_flag) != 0)
            return leave(stop::accepted_before);
        here = next & place_mask;
        --rest;
        if ((next & accept_flag) != 0)
            return leave(stop::accepted);
        if ((next & dead_flag) != 0)
            return leave(stop::dead);
    }
    return leave(stop::end);
}

automaton::stop automaton::step_over(place& from, char byte)
{
    auto const value = static_cast<std::uint8_t>(byte);
    auto next = table_[from + class_of_[value]];
    if (next == unbuilt)
        next = build(from, value);
    from = next & place_mask;
    if ((next & accept_flag) != 0)
        return stop::accepted;
    return (next & dead_flag) != 0 ? stop::dead : stop::end;
}

}  // namespace tendril::expect::detail
