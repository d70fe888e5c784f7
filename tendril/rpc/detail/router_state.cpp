#include <tendril/rpc/detail/router_state.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <exception>
#include <limits>
#include <utility>

#include <boost/asio/post.hpp>

namespace tendril::rpc {

namespace {

wire::frame_header header_of(wire::message const& what)
{
    return {.kind = what.is_dead ? wire::frame_kind::dead : wire::frame_kind::data,
            .dst = what.dst,
            .src = what.src,
            .auth = what.auth,
            .handle = what.handle,
            .reply_to = what.reply_to,
            .total = static_cast<std::uint32_t>(
                std::min<std::size_t>(what.data.size(), std::numeric_limits<std::uint32_t>::max()))};
}

}  // namespace

router::state::state(io::executor on, identity self, router_options options)
    : on_(std::move(on)), options_(std::move(options)),
      judge_(std::move(self), routes_, options_.allowed, options_.message_limit),
      assembler_({.message_bytes = options_.message_limit}), look_(on_)
{
}

void router::state::end()
{
    is_ended_ = true;
    look_.cancel();
    for (auto const& [which, each] : links_)
        each->stop();
    links_.clear();
}

void router::state::close(std::string_view why)
{
    auto const kept = shared_from_this();
    handles_.close(why);
    end();
}

void router::state::log(log_level level, std::string_view source, std::string text,
                        std::optional<context_id> of)
{
    if (options_.log)
        options_.log({.level = level,
                      .context = of.value_or(self().id),
                      .source = std::string(source),
                      .text = std::move(text),
                      .when = std::chrono::system_clock::now()});
}

link* router::state::find_link(link_id which) const
{
    auto const found = links_.find(which);
    return found == links_.end() ? nullptr : found->second.get();
}

link* router::state::find_neighbour(context_id neighbour) const
{
    for (auto const& [which, each] : links_)
        if (each->neighbour() == neighbour)
            return each.get();
    return nullptr;
}

void router::state::on_frame(link_id from, wire::frame_header const& header, base::byte_view piece)
{
    auto const kept = shared_from_this();
    auto* const source = find_link(from);
    if (source == nullptr)
        return;
    auto const decided = judge_.judge(header, from);
    switch (decided.what) {
    case verdict::kind::deliver:
        return take_in(*source, header, piece);
    case verdict::kind::forward:
        return relay(from, decided.to, header, piece);
    case verdict::kind::refuse:
        if (header.offset == 0)
            refuse(header, decided.why, decided.is_offence ? log_level::warning : log_level::debug);
        return;
    case verdict::kind::drop:
        if (std::has_single_bit(++dropped_))  // a flood of them is told of ever more rarely
            log(log_level::warning, "router",
                "dropped from context " + std::to_string(source->neighbour()) + ": " + decided.why + " (" +
                    std::to_string(dropped_) + " so far)");
        return;
    }
}

void router::state::relay(link_id from, link_id to, wire::frame_header const& header, base::byte_view piece)
{
    auto* const target = find_link(to);
    if (target == nullptr)
        return refuse(header, "the way there was just lost");
    target->relay(from, header, piece);
    if (target->queue().relayed_bytes(from) > options_.relay_limit) {
        find_link(from)->pause();
        waiting_[to].insert(from);
    }
}

void router::state::on_room(link_id at)
{
    auto const found = waiting_.find(at);
    if (found == waiting_.end())
        return;
    auto const* const target = find_link(at);
    std::erase_if(found->second, [&](link_id each) {
        if (target != nullptr && target->queue().relayed_bytes(each) > options_.relay_limit / 2)
            return false;
        if (auto* const source = find_link(each))
            source->resume();
        return true;
    });
    if (found->second.empty())
        waiting_.erase(found);
}

void router::state::take_in(link& from, wire::frame_header const& header, base::byte_view piece)
{
    auto const neighbour = from.neighbour();
    auto whole = assembler_.take(header, piece);
    if (!whole) {
        log(log_level::warning, "router",
            "context " + std::to_string(header.src) +
                " does not keep to the protocol: " + whole.error().message());
        return refuse(header, whole.error().message());
    }
    if (!*whole)
        return;
    auto& what = **whole;
    // Who was asked may be beyond reach: then one on the way says so in its place.
    auto const asked = what.is_dead ? handles_.respondent(what.handle) : std::nullopt;
    if (asked && routes_.towards(*asked) == from.number())
        what.src = *asked;
    deliver(std::move(what), neighbour);
}

void router::state::deliver(wire::message what, context_id neighbour)
{
    auto header = header_of(what);
    try {
        if (auto const why = handles_.deliver(std::move(what), {.self = self(), .neighbour = neighbour}))
            refuse(header, *why, handles_.has(header.handle) ? log_level::warning : log_level::debug);
    } catch (std::exception const& thrown) {
        log(log_level::error, "router",
            "the handler of handle " + std::to_string(header.handle) + " threw: " + thrown.what());
    }
}

void router::state::deliver_later(wire::message what)
{
    asio::post(on_, [self = shared_from_this(), what = std::move(what)]() mutable {
        if (!self->is_ended_)
            self->deliver(std::move(what), self->self().id);
    });
}

/// Refusals of what has come too late are nobody's fault: @p level tells them from others.
void router::state::refuse(wire::frame_header const& header, std::string_view why, log_level level)
{
    if (level < log_level::warning || offences_.takes(std::chrono::steady_clock::now())) {
        auto text = "refused from context " + std::to_string(header.src) + " to " +
                    std::to_string(header.dst) + ", handle " + std::to_string(header.handle) + ": " +
                    std::string(why);
        if (auto const untold = level < log_level::warning ? 0 : offences_.untold())
            text += " (and " + std::to_string(untold) + " more before)";
        log(level, "router", std::move(text));
    }
    if (header.reply_to == 0 || header.kind == wire::frame_kind::dead)
        return;
    auto const reason = base::bytes_of(why);
    wire::message answer{.dst = header.src,
                         .src = self().id,
                         .auth = self().id,
                         .handle = header.reply_to,
                         .is_dead = true,
                         .data = wire::byte_buffer(reason.begin(), reason.end())};
    if (header.src == self().id)
        answer.src = header.dst;  // the handle expects the one that was asked
    send(std::move(answer));
}

void router::state::send(wire::message what)
{
    if (is_ended_)
        return;
    auto const is_refusal_to_us = what.is_dead && what.dst == self().id;
    if (!is_refusal_to_us)
        what.src = self().id;
    auto const header = header_of(what);
    if (what.data.size() > options_.message_limit)
        return refuse(header, "the message has " + std::to_string(what.data.size()) + " bytes, and at most " +
                                  std::to_string(options_.message_limit) + " may pass");
    auto const decided = judge_.judge_own(header);
    if (decided.what == verdict::kind::deliver)
        return deliver_later(std::move(what));
    if (decided.what != verdict::kind::forward)
        return refuse(header, decided.why);
    auto* const target = find_link(decided.to);
    if (target == nullptr)
        return refuse(header, "the way there was just lost");
    if (target->queue().own_bytes() + what.data.size() > options_.queue_limit)
        return refuse(header, "more than " + std::to_string(options_.queue_limit) +
                                  " bytes wait for context " + std::to_string(target->neighbour()));
    target->send(std::move(what), next_number_++);
}

}  // namespace tendril::rpc
