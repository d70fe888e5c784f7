#include <tendril/term/detail/cluster_table.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term::detail {

/// The cluster that another one extends; 0 when it is a character.
std::uint32_t cluster_table::parent_of(origin from) noexcept
{
    auto const base = glyph::from_bits(static_cast<std::uint32_t>(from >> base_shift));
    return base.is_cluster() ? base.value() : 0;
}

void cluster_table::rebuild_slots(std::size_t count)
{
    slots_.assign(count, {});
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
        if (!entries_[i].text.empty())
            slots_[slot_of(entries_[i].from)] = {entries_[i].from, i + 1};
}

std::uint32_t cluster_table::extended(glyph base, char32_t next)
{
    if (2 * (size() + 1) > slots_.size())
        rebuild_slots(std::max<std::size_t>(64, 2 * slots_.size()));
    auto const from = origin_of(base, next);
    auto& place = slots_[slot_of(from)];
    if (place.number != 0)
        return place.number;
    auto const number = free_.empty() ? static_cast<std::uint32_t>(entries_.size() + 1) : free_.back();
    if (number > capacity)
        return 0;
    std::u32string text;
    if (base.is_cluster())
        text = (*this)[base.value()];
    else
        text.assign(1, static_cast<char32_t>(base.value()));
    text += next;
    if (free_.empty())
        entries_.push_back({});
    else
        free_.pop_back();
    entries_[number - 1] = {.text = std::move(text), .from = from};
    place = {from, number};
    return number;
}

std::uint32_t cluster_table::number_of(std::u32string const& text)
{
    auto base = glyph::character(text.front());
    for (std::size_t i = 1; i < text.size(); ++i) {
        auto const number = extended(base, text[i]);
        if (number == 0)
            return 0;
        base = glyph::cluster(number, glyph::role::narrow);
    }
    return base.value();
}

void cluster_table::begin_marking()
{
    for (auto& each : entries_)
        each.marked = false;
}

void cluster_table::mark(std::uint32_t number) noexcept
{
    while (number != 0 && !entries_[number - 1].marked) {
        auto& kept = entries_[number - 1];
        kept.marked = true;
        number = parent_of(kept.from);
    }
}

void cluster_table::sweep()
{
    ++sweeps_;
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        auto& each = entries_[i];
        if (each.marked || each.text.empty())
            continue;
        each = {};
        free_.push_back(i + 1);
    }
    rebuild_slots(slots_.size());
    threshold_ = std::max(first_threshold, std::min<std::size_t>(2 * size(), capacity));
}

}  // namespace tendril::term::detail
