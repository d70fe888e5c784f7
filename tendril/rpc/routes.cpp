#include <tendril/rpc/routes.hpp>

#include <algorithm>

namespace tendril::rpc {

bool routes::add(context_id id, link_id via)
{
    if (via == parent_ || known_.size() >= most)
        return false;
    return known_.try_emplace(id, destination{via, {}}).second;
}

std::optional<link_id> routes::towards(context_id id) const noexcept
{
    auto const down = below(id);
    return down ? down : parent_;
}

std::optional<link_id> routes::below(context_id id) const noexcept
{
    auto const found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional(found->second.via);
}

void routes::note_traffic(link_id from, context_id id)
{
    auto const found = known_.find(id);
    if (found != known_.end() && from != found->second.via)
        found->second.spoken.insert(from);
}

std::optional<withdrawal> routes::remove(context_id id, link_id via)
{
    auto const found = known_.find(id);
    if (found == known_.end() || found->second.via != via)
        return std::nullopt;
    auto told = withdrawn(id, found->second);
    known_.erase(found);
    return told;
}

std::vector<withdrawal> routes::lose(link_id via)
{
    std::vector<withdrawal> all;
    for (auto each = known_.begin(); each != known_.end();) {
        each->second.spoken.erase(via);
        if (each->second.via == via) {
            all.push_back(withdrawn(each->first, each->second));
            each = known_.erase(each);
        } else {
            ++each;
        }
    }
    if (parent_ == via)
        parent_.reset();
    return all;
}

void routes::remember_loss(context_id id, std::string_view why)
{
    auto size = std::min<std::size_t>(why.size(), 500);
    while (size > 0 && size < why.size() && (static_cast<unsigned char>(why[size]) & 0xC0U) == 0x80U)
        --size;  // a character stays whole
    if (!lost_.insert_or_assign(id, std::string(why.substr(0, size))).second)
        return;
    lost_in_order_.push_back(id);
    if (lost_in_order_.size() <= most_remembered)
        return;
    lost_.erase(lost_in_order_.front());
    lost_in_order_.pop_front();
}

std::string const* routes::reason_of_loss(context_id id) const noexcept
{
    auto const found = lost_.find(id);
    return found == lost_.end() ? nullptr : &found->second;
}

withdrawal routes::withdrawn(context_id id, destination const& gone) const
{
    auto told = gone.spoken;
    if (parent_)
        told.insert(*parent_);
    return {id, {told.begin(), told.end()}};
}

}  // namespace tendril::rpc
