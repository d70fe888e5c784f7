#include <tendril/base/first_exception.hpp>
#include <tendril/rpc/handle_table.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace tendril::rpc {

std::optional<wire::handle> handle_table::add(message_handler call, handle_options how,
                                              std::optional<wire::handle> fixed)
{
    if (handlers_.size() >= most || (fixed && handlers_.contains(*fixed)))
        return std::nullopt;
    while (!fixed && (next_ < first_free || handlers_.contains(next_)))
        next_ = std::max(next_ + 1, first_free);  // after 2^32 it begins again
    auto const given = fixed.value_or(next_);
    if (!fixed)
        ++next_;
    handlers_.emplace(given, entry{std::make_shared<message_handler const>(std::move(call)), std::move(how)});
    return given;
}

void handle_table::remove(wire::handle which)
{
    handlers_.erase(which);
}

std::optional<std::string> handle_table::deliver(wire::message what, arrival const& how)
{
    auto const found = handlers_.find(what.handle);
    if (found == handlers_.end())
        return "there is no handle " + std::to_string(what.handle) + " in context " +
               std::to_string(how.self.id);
    auto const& [call, options] = found->second;
    if (options.respondent && *options.respondent != what.src)
        return "handle " + std::to_string(what.handle) + " is for answers of context " +
               std::to_string(*options.respondent);
    if (!options.admits(what, how))
        return "handle " + std::to_string(what.handle) + " does not take that from context " +
               std::to_string(what.src) + " on the authority of " + std::to_string(what.auth);
    auto const kept = call;
    if (options.stays == standing::once || what.is_dead)
        handlers_.erase(found);
    (*kept)(std::move(what));
    return std::nullopt;
}

std::optional<context_id> handle_table::respondent(wire::handle which) const
{
    auto const found = handlers_.find(which);
    return found == handlers_.end() ? std::nullopt : found->second.how.respondent;
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
    std::vector<std::pair<wire::handle, entry>> ending;
    std::erase_if(handlers_, [&](auto& each) {
        bool const ends = chosen(each.second);
        if (ends)
            ending.emplace_back(each.first, std::move(each.second));
        return ends;
    });
    auto const reason = base::bytes_of(why);
    base::first_exception failed;
    for (auto const& [which, each] : ending)
        failed.guard([&] {
            (*each.call)({.src = each.how.respondent.value_or(0),
                          .handle = which,
                          .is_dead = true,
                          .data = wire::byte_buffer(reason.begin(), reason.end())});
        });
    failed.rethrow();
}

}  // namespace tendril::rpc
