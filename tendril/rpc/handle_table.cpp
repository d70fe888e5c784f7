#include <tendril/base/first_exception.hpp>
#include <tendril/rpc/handle_table.hpp>

#include <algorithm>
#include <utility>

namespace tendril::rpc {

namespace {

constexpr std::size_t first_places = 16;

class calling_target final : public message_target {
public:
    explicit calling_target(message_handler call) noexcept : call_(std::move(call)) {}

    void take(wire::message what) override { call_(std::move(what)); }

private:
    message_handler call_;
};

}  // namespace

std::optional<wire::handle> handle_table::add(message_handler call, handle_options how,
                                              std::optional<wire::handle> fixed)
{
    return add(std::make_shared<calling_target>(std::move(call)), std::move(how), fixed);
}

std::optional<wire::handle> handle_table::add(std::shared_ptr<message_target> to, handle_options how,
                                              std::optional<wire::handle> fixed)
{
    if (size() >= most || (fixed && find(*fixed) != nullptr))
        return std::nullopt;
    if (fixed) {
        elsewhere_.emplace(*fixed, entry{std::move(to), std::move(how)});
        return fixed;
    }
    auto const given = give_out();
    place_of(given) = {given, {std::move(to), std::move(how)}};
    ++in_ring_;
    return given;
}

/// The next number whose place is free.
wire::handle handle_table::give_out()
{
    if (2 * in_ring_ >= ring_.size())
        grow();
    while (next_ < first_free || place_of(next_).what.to || elsewhere_.contains(next_))
        next_ = std::max(next_ + 1, first_free);  // after 2^32 it begins again
    return next_++;
}

void handle_table::grow()
{
    auto const before = std::exchange(ring_, std::vector<place>(std::max(first_places, 2 * ring_.size())));
    for (auto const& each : before)
        if (each.what.to)
            place_of(each.which) = each;
}

handle_table::entry const* handle_table::find(wire::handle which) const noexcept
{
    if (!ring_.empty())
        if (auto const& there = ring_[which & (ring_.size() - 1)]; there.which == which && there.what.to)
            return &there.what;
    auto const found = elsewhere_.find(which);
    return found == elsewhere_.end() ? nullptr : &found->second;
}

void handle_table::remove(wire::handle which)
{
    if (elsewhere_.erase(which) > 0 || find(which) == nullptr)
        return;
    auto const gone = std::exchange(place_of(which).what.to, nullptr);  // what it owned may use the table
    --in_ring_;
}

std::optional<std::string> handle_table::deliver(wire::message what, arrival const& how)
{
    auto const* const found = find(what.handle);
    if (found == nullptr)
        return "there is no handle " + std::to_string(what.handle) + " in context " +
               std::to_string(how.self.id);
    auto const& options = found->how;
    if (options.respondent && *options.respondent != what.src)
        return "handle " + std::to_string(what.handle) + " is for answers of context " +
               std::to_string(*options.respondent);
    if (!options.admits(what, how))
        return "handle " + std::to_string(what.handle) + " does not take that from context " +
               std::to_string(what.src) + " on the authority of " + std::to_string(what.auth);
    auto const kept = found->to;
    if (options.stays == standing::once || what.is_dead)
        remove(what.handle);
    kept->take(std::move(what));
    return std::nullopt;
}

std::optional<context_id> handle_table::respondent(wire::handle which) const
{
    auto const* const found = find(which);
    return found == nullptr ? std::nullopt : found->how.respondent;
}

void handle_table::lose(context_id lost, std::string_view why)
{
    end_those([lost](entry const& each) { return each.how.respondent == lost; }, why);
}

void handle_table::close(std::string_view why)
{
    end_those([](entry const&) { return true; }, why);
}

/// All are told although one of them throws, and whatever the others do to the table.
template <typename Chosen>
void handle_table::end_those(Chosen chosen, std::string_view why)
{
    std::map<wire::handle, entry> ending;
    for (auto& each : ring_)
        if (each.what.to && chosen(each.what)) {
            ending.emplace(each.which, std::move(each.what));
            each.what.to = nullptr;
            --in_ring_;
        }
    std::erase_if(elsewhere_, [&](auto& each) {
        bool const ends = chosen(each.second);
        if (ends)
            ending.emplace(each.first, std::move(each.second));
        return ends;
    });
    auto const reason = base::bytes_of(why);
    base::first_exception failed;
    for (auto const& [which, each] : ending)
        failed.guard([&] {
            each.to->take({.src = each.how.respondent.value_or(0),
                           .handle = which,
                           .is_dead = true,
                           .data = wire::byte_buffer(reason.begin(), reason.end())});
        });
    failed.rethrow();
}

}  // namespace tendril::rpc
