#include <tendril/rpc/detail/sender_state.hpp>
#include <tendril/rpc/detail/window.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <algorithm>
#include <atomic>
#include <utility>

namespace tendril::rpc::detail {

sender_state::sender_state(router& via, address where, std::size_t window)
    : router_(&via), executor_(via.get_executor()), from_(via.options().from), to_(where), window_(window)
{
}

std::expected<void, channel_error> sender_state::try_send(wire::byte_buffer data)
{
    std::scoped_lock const lock(mutex_);
    if (auto const may = may_send(); !may)
        return may;
    if (!waiting_.empty() || !fits(outstanding_, cost_of(data), window_))
        return std::unexpected(channel_error{channel_fault::would_block, "the receiver takes no more now"});
    go(to_there(std::move(data)));
    return {};
}

std::uint64_t sender_state::send(wire::byte_buffer data, sent told)
{
    told_list due;
    std::uint64_t number = 0;
    {
        std::scoped_lock const lock(mutex_);
        auto may = may_send();
        if (may && waiting_.size() >= most_waiting)
            may = std::unexpected(channel_error{channel_fault::refused,
                                                std::to_string(most_waiting) + " wait for room already"});
        number = next_number_++;
        if (may) {
            waiting_.push_back({number, to_there(std::move(data)), std::move(told)});
            pump(due);
        } else {
            due.emplace_back(std::move(told), std::move(may));
        }
    }
    tell(due);
    return number;
}

bool sender_state::give_up(std::uint64_t which)
{
    told_list due;
    bool was_there = false;
    {
        std::scoped_lock const lock(mutex_);
        was_there = std::erase_if(waiting_, [&](auto const& each) { return each.number == which; }) > 0;
        pump(due);  // it may have been in the way of a smaller one
    }
    tell(due);
    return was_there;
}

void sender_state::close(std::string_view reason)
{
    told_list due;
    {
        std::scoped_lock const lock(mutex_);
        if (!may_send())
            return;
        is_closing_ = true;
        auto const bytes = base::bytes_of(reason);
        auto last = to_there({bytes.begin(), bytes.end()});
        last.is_dead = true;
        waiting_.push_back({next_number_++, std::move(last), [](auto const& /*outcome*/) {}});
        pump(due);
    }
    tell(due);
}

void sender_state::release()
{
    auto const let_go = [this] {
        told_list due;
        router* via = nullptr;
        {
            std::scoped_lock const lock(mutex_);
            auto const closes = is_closing_ && !waiting_.empty() && !failed_;
            auto last = closes ? std::optional(std::move(waiting_.back().what)) : std::nullopt;
            fail({channel_fault::closed, "the sender is gone"}, due);
            if (last)
                outgoing_.push_back(std::move(*last));
            flush_now();
            via = std::exchange(router_, nullptr);
        }
        if (credit_handle_)
            via->remove_handler(*credit_handle_);
        tell(due);
    };
    if (from_ == callers::strand_only)
        let_go();
    else
        call_on_strand(executor_, let_go);
}

bool sender_state::is_at_home() const
{
    return from_ == callers::strand_only || runs_here(executor_);
}

std::expected<void, channel_error> sender_state::may_send() const
{
    if (failed_)
        return std::unexpected(*failed_);
    if (is_closing_ || router_ == nullptr)
        return std::unexpected(channel_error{channel_fault::closed, "the sender is closed"});
    return {};
}

wire::message sender_state::to_there(wire::byte_buffer data) const
{
    return {.dst = to_.context, .handle = to_.handle, .data = std::move(data)};
}

void sender_state::go(wire::message what)
{
    if (!what.is_dead)
        outstanding_ += cost_of(what.data);
    outgoing_.push_back(std::move(what));
    plan_flush();
}

void sender_state::pump(told_list& told)
{
    while (!waiting_.empty()) {
        auto& first = waiting_.front();
        if (!first.what.is_dead && !fits(outstanding_, cost_of(first.what.data), window_))
            return;
        go(std::move(first.what));
        told.emplace_back(std::move(first.told), std::expected<void, channel_error>());
        waiting_.pop_front();
    }
}

void sender_state::plan_flush()
{
    if (is_at_home())
        return flush_now();
    if (!std::exchange(flush_is_planned_, true))
        router_->defer([self = shared_from_this()] { self->flush(); });
}

void sender_state::flush()
{
    told_list due;
    {
        std::scoped_lock const lock(mutex_);
        flush_is_planned_ = false;
        flush_now();
        if (failed_)
            fail(*failed_, due);
    }
    tell(due);
}

/// Runs on the strand.
void sender_state::flush_now()
{
    if (router_ == nullptr || outgoing_.empty())
        return;
    if (!take_credit_handle()) {
        failed_ = channel_error{channel_fault::refused, "there are no more handles"};
        outgoing_.clear();
        router_->defer([self = shared_from_this()] { self->flush(); });  // which tells those who wait
        return;
    }
    for (auto& each : std::exchange(outgoing_, {})) {
        if (!each.is_dead)
            each.reply_to = *credit_handle_;
        router_->send(std::move(each));
    }
}

bool sender_state::take_credit_handle()
{
    static std::atomic<wire::handle> next = 0;
    for (int attempt = 0; !credit_handle_ && attempt < 100; ++attempt)
        credit_handle_ = router_->add_handler(
            [weak = weak_from_this()](wire::message const& what) {
                if (auto const self = weak.lock())
                    self->on_credit(what);
            },
            {.respondent = to_.context, .admits = anybody}, first_credit_handle | next++);
    return credit_handle_.has_value();
}

void sender_state::on_credit(wire::message const& what)
{
    told_list due;
    {
        std::scoped_lock const lock(mutex_);
        auto const given = wire::unpack<std::uint64_t>(what.data);
        if (what.is_dead) {
            fail({channel_fault::ended, std::string(what.reason())}, due);
        } else if (given) {
            outstanding_ -= std::min<std::uint64_t>(outstanding_, *given);
            pump(due);
        } else if (router_ != nullptr) {
            router_->log(log_level::warning, "sender",
                         "context " + std::to_string(what.src) + " gives credit that cannot be read");
        }
    }
    tell(due);
}

void sender_state::fail(channel_error why, told_list& told)
{
    if (!failed_)
        failed_ = std::move(why);
    for (auto& each : std::exchange(waiting_, {}))
        told.emplace_back(std::move(each.told), std::unexpected(*failed_));
}

void sender_state::tell(told_list& told)
{
    for (auto& [each, outcome] : told)
        each(std::move(outcome));
}

}  // namespace tendril::rpc::detail
