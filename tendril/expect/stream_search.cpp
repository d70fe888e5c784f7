#include <tendril/expect/detail/stream_search.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect::detail {

void stream_tail::append(std::string_view bytes)
{
    kept_ += bytes;
    if (kept_.size() > limit_bytes_)
        drop(kept_.size() - limit_bytes_);
}

void stream_tail::release_before(std::uint64_t offset)
{
    auto const unneeded = static_cast<std::size_t>(std::min(offset, end()) - std::min(offset, begin_));
    // Erasing moves the rest: wait until what is gained is worth it.
    if (unneeded > kept_.size() / 2)
        drop(unneeded);
}

void stream_tail::drop(std::size_t count)
{
    kept_.erase(0, count);
    begin_ += count;
}

std::optional<stream_match> stream_search::next(std::vector<pattern> const& patterns, stream_tail const& tail)
{
    std::optional<stream_match> best;
    std::uint64_t best_begin = 0;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        auto& from = looked_until_[i];
        from = std::max(from, tail.begin());
        auto found =
            patterns[i].find(tail.text(), static_cast<std::size_t>(from - tail.begin()), text_end::open);
        auto const begin = tail.begin() + found.begin;
        if (found.what != verdict::match) {
            // A search that gave up on these bytes would give up on them again: go on behind them.
            from = found.what == verdict::partial ? begin : tail.end();
            continue;
        }
        from = begin;  // found again at once should another alternative win
        if (best && best_begin <= begin)
            continue;
        best_begin = begin;
        best = stream_match{i, tail.begin() + found.end,
                            std::string(tail.text().substr(found.begin, found.end - found.begin)),
                            std::move(found.groups)};
    }
    if (best)  // an empty match would be found again for ever: it consumes the byte it stands before
        skip_to(std::min(std::max(best->end, best_begin + 1), tail.end()));
    return best;
}

void stream_search::skip_to(std::uint64_t offset)
{
    for (auto& from : looked_until_)
        from = std::max(from, offset);
}

std::uint64_t stream_search::needed_from(std::vector<pattern> const& patterns) const
{
    std::uint64_t first = UINT64_MAX;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        auto const context = patterns[i].look_behind_bytes();
        first = std::min(first, looked_until_[i] > context ? looked_until_[i] - context : 0);
    }
    return first;
}

}  // namespace tendril::expect::detail
