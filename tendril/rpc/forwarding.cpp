#include <tendril/rpc/forwarding.hpp>

#include <utility>

namespace tendril::rpc {

namespace {

std::string name_of(context_id id)
{
    return "context " + std::to_string(id);
}

}  // namespace

forwarding::forwarding(identity self, routes& by, directions allowed, std::size_t message_limit)
    : self_(std::move(self)), by_(&by), allowed_(allowed), message_limit_(message_limit)
{
}

/// True when what @p source sends can have come through @p from, as far as we know.
bool forwarding::comes_from(context_id source, link_id from) const noexcept
{
    return source != self_.id && by_->towards(source) == from;
}

verdict forwarding::judge(wire::frame_header const& header, link_id from)
{
    for (auto const source : {header.auth, header.src})
        if (!comes_from(source, from))
            return {.what = verdict::kind::drop,
                    .why = "it says that it is from " + name_of(source) + ", which is elsewhere"};
    by_->note_traffic(from, header.dst);
    return route(header, from);
}

verdict forwarding::judge_own(wire::frame_header const& header)
{
    return route(header, std::nullopt);
}

verdict forwarding::route(wire::frame_header const& header, std::optional<link_id> from)
{
    auto const refused = [](std::string why) {
        return verdict{.what = verdict::kind::refuse, .why = std::move(why)};
    };
    if (header.total > message_limit_)
        return refused("the message has " + std::to_string(header.total) + " bytes, and at most " +
                       std::to_string(message_limit_) + " may pass");
    if (header.dst == self_.id)
        return {.what = verdict::kind::deliver};

    auto const to = by_->towards(header.dst);
    if (!to || to == from) {
        auto const* const lost = by_->reason_of_loss(header.dst);
        return refused(lost == nullptr ? "there is no way to " + name_of(header.dst) : *lost);
    }
    bool const is_from_below = from && from != by_->parent();
    bool const is_to_below = to != by_->parent();
    if (allowed_ == directions::up_and_down && is_from_below && is_to_below && !self_.obeys(header.auth))
        return {.what = verdict::kind::refuse,
                .why = name_of(header.src) + " may not speak with " + name_of(header.dst) +
                       ", which is neither above nor below it",
                .is_offence = true};
    return {.what = verdict::kind::forward, .to = *to};
}

}  // namespace tendril::rpc
