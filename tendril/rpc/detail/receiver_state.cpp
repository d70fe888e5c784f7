#include <tendril/rpc/detail/receiver_state.hpp>
#include <tendril/rpc/detail/window.hpp>
#include <tendril/rpc/strand_call.hpp>
#include <tendril/wire/codec.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace tendril::rpc::detail {

namespace {

/// Whose account it is: what does not ask for credit is counted for each context.
std::pair<context_id, wire::handle> key_of(wire::message const& what)
{
    return {what.src, is_for_credit(what.reply_to) ? what.reply_to : 0};
}

}  // namespace

receiver_state::receiver_state(router& via, receiver_options options)
    : home_(&via), router_(&via), options_(std::move(options))
{
}

template <typename What>
void receiver_state::on_strand(What what) const
{
    if (home_->options().from == callers::strand_only)
        what();
    else
        call_on_strand(home_->get_executor(), what);
}

bool receiver_state::open()
{
    auto const self = std::static_pointer_cast<receiver_state>(shared_from_this());
    // All of it there: the first message may come at once.
    on_strand([&] {
        auto const given = home_->add_handler(
            [self](wire::message what) { self->on_message(std::move(what)); },
            {.stays = options_.stays, .respondent = options_.respondent, .admits = options_.admits},
            options_.handle);
        handle_ = given.value_or(0);
        has_handle_ = given.has_value();
    });
    return handle_ != 0;
}

void receiver_state::close(std::string const& why)
{
    router* via = nullptr;
    {
        std::scoped_lock const lock(mutex_);
        if (router_ == nullptr)
            return;
        for (auto const& each : items())
            if (each.reply_to != 0 && !is_for_credit(each.reply_to))
                router_->send(wire::dead_reply_to(each, why));
        dismiss(why);
        via = std::exchange(router_, nullptr);
        items().clear();
        close_locked({channel_fault::closed, why});
    }
    // Without the lock: this waits for the strand, which may wait for the lock.
    on_strand([&] {
        if (has_handle_)
            via->remove_handler(handle_);
    });
}

home receiver_state::lives_at() const
{
    return {.on = home_->get_executor(), .is_everywhere = home_->options().from == callers::strand_only};
}

void receiver_state::on_message(wire::message what)
{
    if (what.is_dead || options_.stays == standing::once)
        has_handle_ = false;  // another may have it by the time we close
    if (what.is_dead) {
        std::scoped_lock const lock(mutex_);
        if (router_ != nullptr)
            dismiss(what.reason());
        close_locked({channel_fault::ended, std::string(what.reason())});
    } else {
        std::scoped_lock const lock(mutex_);
        if (auto const why = accept(what))
            refuse(what, *why);
        if (options_.stays == standing::once) {
            dismiss("it takes one message, and that has come");
            close_locked({channel_fault::ended, "it takes one message, and that has come"});
        }
    }
    if (options_.notify)
        options_.notify();
}

/// Returns why @p what is not taken.
std::optional<std::string> receiver_state::accept(wire::message& what)
{
    if (router_ == nullptr || has_ended())
        return "the receiver is closed";
    auto const key = key_of(what);
    auto* const from = account_of(key);
    if (from == nullptr)
        return "messages of " + std::to_string(options_.most_senders) + " senders wait here already";
    auto const cost = cost_of(what.data);
    if (from->is_refused || !fits(from->queued, cost, options_.capacity)) {
        from->is_refused = is_for_credit(key.second);  // what comes after a gap is no stream
        return "context " + std::to_string(what.src) + " sends more than the " +
               std::to_string(options_.capacity) + " bytes that may wait here";
    }
    from->queued += cost;
    put_locked(std::move(what));
    return std::nullopt;
}

/// Makes room for another account, if it must, where nothing is in the queue.
receiver_state::account* receiver_state::account_of(sender_key which)
{
    if (auto const found = accounts_.find(which); found != accounts_.end())
        return &found->second;
    if (accounts_.size() >= options_.most_senders) {
        auto const idle =
            std::ranges::find_if(accounts_, [](auto const& each) { return each.second.queued == 0; });
        if (idle == accounts_.end())
            return nullptr;
        give_credit(idle->first, idle->second);
        accounts_.erase(idle);
    }
    return &accounts_[which];
}

void receiver_state::on_taken(wire::message const& what)
{
    auto const key = key_of(what);
    auto const found = accounts_.find(key);
    if (found == accounts_.end() || router_ == nullptr)
        return;
    auto& from = found->second;
    auto const cost = cost_of(what.data);
    from.queued -= std::min(from.queued, cost);
    from.taken += cost;
    if (!is_for_credit(key.second)) {
        if (from.queued == 0)
            accounts_.erase(found);
    } else if (from.taken >= credit_step(options_.capacity)) {
        give_credit(key, from);
    }
}

void receiver_state::give_credit(sender_key which, account& to)
{
    if (is_for_credit(which.second) && to.taken > 0 && !to.is_refused)
        router_->send({.dst = which.first,
                       .handle = which.second,
                       .data = wire::pack(static_cast<std::uint64_t>(to.taken))});
    to.taken = 0;
}

/// Tells all senders that nothing is taken any more.
void receiver_state::dismiss(std::string_view why)
{
    auto const reason = base::bytes_of(why);
    for (auto const& [which, each] : std::exchange(accounts_, {}))
        if (is_for_credit(which.second))
            router_->send({.dst = which.first,
                           .handle = which.second,
                           .is_dead = true,
                           .data = wire::byte_buffer(reason.begin(), reason.end())});
}

void receiver_state::refuse(wire::message const& what, std::string_view why)
{
    if (std::has_single_bit(++refused_))  // a flood of them is told of ever more rarely
        home_->log(log_level::warning, "receiver",
                   "refused at handle " + std::to_string(handle_) + " from context " +
                       std::to_string(what.src) + ": " + std::string(why) + " (" + std::to_string(refused_) +
                       " so far)");
    if (what.reply_to != 0)  // the router is there: it called us
        home_->send(wire::dead_reply_to(what, why));
}

}  // namespace tendril::rpc::detail
