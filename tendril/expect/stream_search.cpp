#include <tendril/expect/detail/stream_search.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tendril::expect::detail {

namespace {

std::vector<lookout> lookouts_of(std::vector<seeker> const& live)
{
    std::vector<lookout> all;
    for (auto const& one : live)
        for (std::size_t i = 0; i < one.patterns->size(); ++i)
            if (auto const& form = (*one.patterns)[i].stream_form())
                all.push_back({one.id, i, form, one.floor});
    return all;
}

bool has(scanner const& who, lookout const& what)
{
    return std::ranges::find(who.watched(), what) != who.watched().end();
}

}  // namespace

std::vector<hit> stream_search::next(std::vector<seeker> const& live)
{
    auto const all = lookouts_of(live);
    std::vector<lookout> late;
    std::ranges::copy_if(all, std::back_inserter(late), [&](lookout const& one) {
        return one.floor < main_.position() && !has(main_, one);
    });
    if (!late.empty()) {
        auto found = catch_up(late);
        if (!found.empty())
            return found;
    }
    main_.watch(all, tail_, late_ ? &*late_ : nullptr);
    late_.reset();
    return main_.run(tail_, tail_.end());
}

std::vector<hit> stream_search::catch_up(std::vector<lookout> const& late)
{
    auto const lowest = std::ranges::min(late, {}, &lookout::floor).floor;
    if (!late_)
        late_.emplace(std::max(lowest, tail_.begin()));
    while (late_->position() < main_.position()) {
        std::vector<lookout> reached;
        auto limit = main_.position();
        for (auto const& one : late) {
            if (one.floor <= late_->position())
                reached.push_back(one);
            else
                limit = std::min(limit, one.floor);
        }
        late_->watch(std::move(reached), tail_);
        auto found = late_->run(tail_, limit);
        if (!found.empty())
            return found;
    }
    return {};
}

std::vector<hit> stream_search::finish(std::vector<seeker> const& live)
{
    main_.watch(lookouts_of(live), tail_);
    return main_.finish(tail_);
}

}  // namespace tendril::expect::detail
