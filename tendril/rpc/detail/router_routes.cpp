#include <tendril/base/first_exception.hpp>
#include <tendril/rpc/detail/router_state.hpp>
#include <tendril/rpc/traced_duplex.hpp>
#include <tendril/wire/codec.hpp>

#include <bit>
#include <utility>
#include <vector>

namespace tendril::rpc {

namespace {

/// What lose_route carries.
struct lost_route {
    context_id id = 0;
    std::string why;
    static constexpr auto wire_fields = std::tuple(&lost_route::id, &lost_route::why);
};

/// What more_ids is answered with.
struct granted_ids {
    context_id first = 0;
    std::uint32_t count = 0;
    static constexpr auto wire_fields = std::tuple(&granted_ids::first, &granted_ids::count);
};

constexpr std::size_t most_ended_links = 1000;

bool is_neighbour(wire::message const& what, arrival const& how)
{
    return what.src == how.neighbour;
}

}  // namespace

void router::state::handle(wire::handle which, policy admits, void (state::*method)(wire::message const&))
{
    auto const self = weak_from_this();
    static_cast<void>(handles_.add(
        [self, method](wire::message what) {
            auto const here = self.lock();
            if (here && !what.is_dead)
                ((*here).*method)(what);
        },
        {.admits = std::move(admits)}, which));
}

void router::state::begin()
{
    static_cast<void>(
        handles_.add([](wire::message const& /*sign*/) {}, {.admits = is_neighbour}, well_known::alive));
    handle(well_known::add_route, is_immediate_child, &state::on_route_added);
    handle(well_known::lose_route, is_neighbour, &state::on_route_lost);
    if (self().is_master())
        handle(well_known::more_ids, anybody, &state::on_ids_asked);
}

std::optional<link_id> router::state::add_link(std::unique_ptr<duplex> stream, context_id neighbour,
                                               relation where, base::byte_view early)
{
    auto const which = next_link_;
    if (where == relation::above) {
        if (above_ || !links_.empty())
            return std::nullopt;
        routes_.lead_up(which);
        above_ = which;
    } else if (neighbour == self().id || self().obeys(neighbour) || !routes_.add(neighbour, which)) {
        return std::nullopt;
    }
    ++next_link_;
    if (options_.trace_frames)
        stream = make_traced_duplex(std::move(stream), neighbour, [this](std::string line) {
            options_.trace_frames({.level = log_level::trace,
                                   .context = self().id,
                                   .source = "frames",
                                   .text = std::move(line),
                                   .when = std::chrono::system_clock::now()});
        });
    auto const added = std::make_shared<link>(which, neighbour, on_, std::move(stream));
    links_.emplace(which, added);
    if (where == relation::below)
        announce(neighbour);
    if (links_.size() == 1)
        watch();
    added->start({.on_frame = [this, which](wire::frame_header const& header,
                                            base::byte_view piece) { on_frame(which, header, piece); },
                  .on_room = [this, which] { on_room(which); },
                  .on_lost = [this, which](std::string const& why) { on_link_lost(which, why); }},
                 early);
    return which;
}

std::vector<std::pair<context_id, link_counters>> router::state::all_counters() const
{
    std::vector<std::pair<context_id, link_counters>> all(ended_links_.begin(), ended_links_.end());
    for (auto const& [which, each] : links_)
        all.emplace_back(each->neighbour(), each->counters());
    return all;
}

void router::state::drop_link(context_id neighbour, std::string_view why)
{
    if (auto* const found = find_neighbour(neighbour)) {
        found->stop();
        on_link_lost(found->number(), std::string(why));
    }
}

/// Tells those above of a context that came.
void router::state::announce(context_id id)
{
    if (auto* const up = above_ ? find_link(*above_) : nullptr)
        send({.dst = up->neighbour(),
              .auth = self().id,
              .handle = well_known::add_route,
              .data = wire::pack(id)});
}

void router::state::on_route_added(wire::message const& what)
{
    auto const id = wire::unpack<context_id>(what.data);
    auto* const from = find_neighbour(what.src);
    if (!id || from == nullptr || !may_lead_to(*id, from->number()) || !routes_.add(*id, from->number())) {
        if (std::has_single_bit(++disbelieved_))  // as with what is dropped
            log(log_level::warning, "router",
                "context " + std::to_string(what.src) + " says that it leads to " +
                    (id ? "context " + std::to_string(*id) + ", which cannot be"
                        : "nothing that can be read") +
                    " (" + std::to_string(disbelieved_) + " so far)");
        return;
    }
    shares_.added(from->number());
    if (self().is_master())
        given_.note_announced(*id, from->number());
    announce(*id);
}

/// Whether a neighbour below may be believed that it leads there, and has room for it.
bool router::state::may_lead_to(context_id id, link_id from) const
{
    if (id == self().id || self().obeys(id) || !shares_.has_room(from, routes_.size()))
        return false;
    return !self().is_master() || given_.may_announce(id, from);
}

void router::state::on_route_lost(wire::message const& what)
{
    auto const gone = wire::unpack<lost_route>(what.data);
    auto* const from = find_neighbour(what.src);
    if (!gone || from == nullptr)
        return;
    if (from->number() != above_) {
        auto const known = routes_.remove(gone->id, from->number());
        if (!known)
            return;
        if (gone->id != from->neighbour())
            shares_.removed(from->number());
        return tell_lost(*known, gone->why);
    }
    if (routes_.below(gone->id))
        return;
    for (auto const& [which, each] : links_)
        if (which != *above_)
            send({.dst = each->neighbour(),
                  .auth = self().id,
                  .handle = well_known::lose_route,
                  .data = what.data});
    forget(gone->id, gone->why);
}

void router::state::on_link_lost(link_id which, std::string const& why)
{
    auto const kept = shared_from_this();
    auto const found = links_.find(which);
    if (found == links_.end())
        return;
    auto const gone = std::move(found->second);
    links_.erase(found);
    ended_links_.emplace_back(gone->neighbour(), gone->counters());
    if (ended_links_.size() > most_ended_links)
        ended_links_.pop_front();
    auto const reason = "the link to context " + std::to_string(gone->neighbour()) + " was lost: " + why;
    log(log_level::notice, "router", reason);
    auto const was_above = above_ == which;
    if (was_above)
        above_.reset();
    auto const withdrawn = routes_.lose(which);
    shares_.forget(which);
    given_.forget(which);
    on_room(which);  // who waited for room there need not wait any more
    base::first_exception failed;
    for (auto const& each : withdrawn)
        failed.guard([&] { tell_lost(each, reason); });
    if (was_above)
        for (auto const each : self().ancestors)
            failed.guard([&] { forget(each, reason); });
    try {
        failed.rethrow();
    } catch (std::exception const& thrown) {
        log(log_level::error, "router",
            std::string("who was told of a lost context threw: ") + thrown.what());
    }
}

void router::state::tell_lost(withdrawal const& gone, std::string const& why)
{
    for (auto const each : gone.tell)
        if (auto* const to = find_link(each))
            send({.dst = to->neighbour(),
                  .auth = self().id,
                  .handle = well_known::lose_route,
                  .data = wire::pack(lost_route{gone.lost, why})});
    forget(gone.lost, why);
}

void router::state::forget(context_id lost, std::string const& why)
{
    assembler_.forget(lost);
    routes_.remember_loss(lost, why);
    base::first_exception failed;
    failed.guard([&] { handles_.lose(lost, why); });
    auto const told = loss_handlers_;  // one may register or forget others
    for (auto const& [number, each] : told)
        if (loss_handlers_.contains(number))
            failed.guard([&] { each(lost, why); });
    failed.rethrow();
}

std::uint64_t router::state::on_loss(loss_handler told)
{
    loss_handlers_.emplace(next_registration_, std::move(told));
    return next_registration_++;
}

void router::state::forget_loss(std::uint64_t registration) noexcept
{
    loss_handlers_.erase(registration);
}

bool router::state::knows(context_id id) const noexcept
{
    return id == self().id || self().obeys(id) ? id == self().id || above_.has_value()
                                               : routes_.below(id).has_value();
}

std::vector<context_id> router::state::children() const
{
    std::vector<context_id> below;
    for (auto const& [which, each] : links_)
        if (which != above_)
            below.push_back(each->neighbour());
    return below;
}

std::optional<link_counters> router::state::counters(context_id neighbour) const
{
    auto const* const found = find_neighbour(neighbour);
    return found == nullptr ? std::nullopt : std::optional(found->counters());
}

void router::state::take_id(std::function<void(std::expected<context_id, std::string>)> taken)
{
    if (auto const id = pool_.take())
        return taken(*id);
    id_waiters_.push_back(std::move(taken));
    if (self().is_master()) {
        auto const block = give_block(detail::given_numbers::ourselves);
        return on_ids(block ? std::expected<id_block, std::string>(*block)
                            : std::unexpected("there are no more numbers for contexts"));
    }
    if (id_waiters_.size() > 1)
        return;  // they are asked for already
    auto const master = self().ancestors.back();
    auto const weak = weak_from_this();
    auto const answer = handles_.add(
        [weak](wire::message const& what) {
            auto const here = weak.lock();
            if (!here)
                return;
            auto const ids =
                what.is_dead ? result<granted_ids>(failure({}, "")) : wire::unpack<granted_ids>(what.data);
            if (ids)
                here->on_ids(id_block{ids->first, ids->count});
            else
                here->on_ids(
                    std::unexpected("the master gives no numbers for contexts: " +
                                    (what.is_dead ? std::string(what.reason()) : ids.error().message())));
        },
        {.stays = standing::once, .respondent = master, .admits = anybody});
    if (!answer)
        return on_ids(std::unexpected("there are no more handles"));
    send({.dst = master, .auth = self().id, .handle = well_known::more_ids, .reply_to = *answer});
}

void router::state::on_ids(std::expected<id_block, std::string> block)
{
    if (block)
        pool_.refill(*block);
    auto waiting = std::exchange(id_waiters_, {});
    for (auto& each : waiting) {
        auto const id = pool_.take();
        each(id ? std::expected<context_id, std::string>(*id)
                : std::unexpected(block ? "too many contexts were asked for at once" : block.error()));
    }
}

void router::state::on_ids_asked(wire::message const& what)
{
    auto const from = routes_.below(what.src);
    auto const block = from && given_.may_have_more(*from) ? give_block(*from) : std::nullopt;
    auto answer = block ? wire::reply_to(what, wire::pack(granted_ids{block->first, block->count}))
                        : wire::dead_reply_to(what, "there are no more numbers for contexts");
    answer.auth = self().id;
    send(std::move(answer));
}

/// The next block in which no context is known, be it by a number chosen by hand.
std::optional<id_block> router::state::give_block(link_id to)
{
    auto const is_known = [this](id_block of) {
        for (std::uint32_t each = 0; each < of.count; ++each)
            if (routes_.below(of.first + each))
                return true;
        return false;
    };
    auto block = source_.next();
    while (block && is_known(*block))
        block = source_.next();
    if (block)
        given_.note_given(*block, to);
    return block;
}

/// Looks after the neighbours while there are any.
void router::state::watch()
{
    if (options_.silence_limit.count() == 0)
        return;
    look_.expires_after(options_.silence_limit / 3);
    look_.async_wait([weak = weak_from_this()](error_code why) {
        auto const self = weak.lock();
        if (self && !why && !self->is_ended_)
            self->look_round();
    });
}

void router::state::look_round()
{
    auto const now = std::chrono::steady_clock::now();
    auto const late = now - look_.expiry();
    std::vector<context_id> silent;
    for (auto const& [which, each] : links_) {
        send({.dst = each->neighbour(), .auth = self().id, .handle = well_known::alive});
        // Who could not listen, because it was stopped itself, believes nobody to be silent.
        if (late < options_.silence_limit / 3 && now - each->heard() > options_.silence_limit)
            silent.push_back(each->neighbour());
    }
    for (auto const each : silent)
        drop_link(each, "it has said nothing for " + std::to_string(options_.silence_limit.count()) + " ms");
    if (!links_.empty())
        watch();
}

}  // namespace tendril::rpc
