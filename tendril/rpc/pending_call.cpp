#include <tendril/rpc/detail/latch_state.hpp>
#include <tendril/rpc/pending_call.hpp>
#include <tendril/rpc/router.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <condition_variable>
#include <mutex>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

namespace tendril::rpc::detail {

namespace {

using outcome_value = std::expected<answer_bytes, call_error>;

outcome_value failed(call_failure what, std::string text)
{
    return std::unexpected(call_error{.what = what, .text = std::move(text)});
}

/// One that is not the call's own.
call_outcome outcome_of(outcome_value value)
{
    return std::make_shared<outcome_value const>(std::move(value));
}

}  // namespace

class call_state final : public message_target, public std::enable_shared_from_this<call_state> {
public:
    call_state(router& via, context_id dst) noexcept : via_(&via), dst_(dst) {}

    /// On the strand.
    void start(wire::byte_buffer request, wire::handle at)
    {
        auto const handle = via_->add_handler(
            shared_from_this(), {.stays = standing::once, .respondent = dst_, .admits = anybody});
        if (!handle)
            return settle(failed(call_failure::refused, "there are no more handles"));
        reply_to_ = *handle;
        via_->send({.dst = dst_, .handle = at, .reply_to = *handle, .data = std::move(request)});
    }

    /// On the strand.
    void cancel()
    {
        if (!is_ready())
            via_->send({.dst = dst_,
                        .handle = well_known::cancel,
                        .data = wire::pack(std::pair(reply_to_, std::uint64_t{0}))});
    }

    call_outcome wait(std::optional<std::chrono::milliseconds> timeout)
    {
        if (via_->options().from == callers::strand_only || runs_here(via_->get_executor()))
            if (!is_ready())
                return outcome_of(
                    failed(call_failure::refused,
                           "this thread runs the router, and would wait for itself: use async_get() here"));
        std::unique_lock lock(mutex_);
        auto const has_come = [this] { return outcome_.has_value(); };
        if (!timeout)
            arrived_.wait(lock, has_come);
        else if (!arrived_.wait_for(lock, *timeout, has_come))
            return outcome_of(failed(call_failure::timed_out, "context " + std::to_string(dst_) +
                                                                  " did not answer within " +
                                                                  std::to_string(timeout->count()) + " ms"));
        return outcome();
    }

    void start_wait(outcome_handler handler)
    {
        {
            std::scoped_lock const lock(mutex_);
            if (!outcome_) {
                waiter_.swap(handler);  // its move assignment calls itself for ever (Boost 1.81)
                return;
            }
        }
        complete_later(std::move(handler));
    }

    [[nodiscard]] bool is_ready() const
    {
        std::scoped_lock const lock(mutex_);
        return outcome_.has_value();
    }

    [[nodiscard]] call_outcome so_far() { return is_ready() ? outcome() : nullptr; }

    [[nodiscard]] std::shared_ptr<select_source> source()
    {
        std::scoped_lock const lock(mutex_);
        if (!arrival_) {
            arrival_ = std::make_shared<latch_state<bool>>();
            if (outcome_)
                tell_arrival();
        }
        return arrival_;
    }

    [[nodiscard]] router& via() const noexcept { return *via_; }

    void take(wire::message what) override
    {
        if (what.is_dead)
            return settle(failed(via_->knows(dst_) ? call_failure::refused : call_failure::lost,
                                 std::string(what.reason())));
        wire::unpacker from(what.data);
        from.array();
        auto const is_value = from.boolean();
        if (!from.problem() && is_value) {
            auto const value_at = what.data.size() - from.rest().size();
            return settle(answer_bytes{std::move(what.data), value_at});
        }
        auto why = wire::codec<call_error>::unpack(from);
        if (auto const& problem = from.problem())
            why = {.what = call_failure::bad_answer, .text = problem->message()};
        settle(std::unexpected(std::move(why)));
    }

private:
    void settle(outcome_value outcome)
    {
        outcome_handler told;
        {
            std::scoped_lock const lock(mutex_);
            outcome_ = std::move(outcome);
            if (arrival_)
                tell_arrival();
            told.swap(waiter_);
        }
        arrived_.notify_all();
        if (told)
            complete_later(std::move(told));
    }

    /// With the mutex held.
    void tell_arrival()
    {
        static_cast<void>(arrival_->put(true));  // it has room, and no end before this
        arrival_->close({channel_fault::ended, "the answer is there"});
    }

    /// A part of this object: it costs no memory of its own.
    [[nodiscard]] call_outcome outcome() { return {shared_from_this(), &*outcome_}; }

    void complete_later(outcome_handler handler)
    {
        auto const on = asio::get_associated_executor(handler, via_->get_executor());
        asio::dispatch(on, [handler = std::move(handler), outcome = outcome()]() mutable {
            std::move(handler)(std::move(outcome));
        });
    }

    router* via_;
    context_id dst_;
    wire::handle reply_to_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<outcome_value> outcome_;  // none until it is there; never changes once it is there
    outcome_handler waiter_;
    std::shared_ptr<latch_state<bool>> arrival_;  // from the first question of a select on
};

namespace {

/// On the strand of @p via: now if we are there, else soon.
template <typename What>
void on_strand(router& via, What&& what)
{
    if (via.options().from == callers::strand_only || runs_here(via.get_executor()))
        what();
    else
        asio::post(via.get_executor(), std::forward<What>(what));
}

}  // namespace

std::shared_ptr<call_state> start_call(router& via, context_id dst, wire::byte_buffer request,
                                       wire::handle at)
{
    auto call = std::make_shared<call_state>(via, dst);
    on_strand(via,
              [call, at, request = std::move(request)]() mutable { call->start(std::move(request), at); });
    return call;
}

void start_call_without_answer(router& via, context_id dst, wire::byte_buffer request, wire::handle at)
{
    via.send({.dst = dst, .handle = at, .data = std::move(request)});
}

call_outcome wait_for(call_state& call, std::optional<std::chrono::milliseconds> timeout)
{
    return call.wait(timeout);
}

void start_wait_for(std::shared_ptr<call_state> const& call, outcome_handler handler)
{
    call->start_wait(std::move(handler));
}

bool is_ready(call_state const& call)
{
    return call.is_ready();
}

call_outcome outcome_so_far(call_state& call)
{
    return call.so_far();
}

std::shared_ptr<select_source> source_of(call_state& call)
{
    return call.source();
}

router& router_of(call_state const& call) noexcept
{
    return call.via();
}

void cancel(std::shared_ptr<call_state> const& call)
{
    on_strand(call->via(), [call] { call->cancel(); });
}

}  // namespace tendril::rpc::detail
