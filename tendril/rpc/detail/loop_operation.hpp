#pragma once

/// @file
/// An operation that waits on a loop: its deadline, its cancellation, its one completion. Layer: rpc.

#include <tendril/base/error.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/rpc/channel_error.hpp>
#include <tendril/rpc/detail/event_count.hpp>

#include <expected>
#include <memory>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::rpc::detail {

template <typename T>
using operation_handler = asio::any_completion_handler<void(std::expected<T, channel_error>)>;

/// What of an operation does not depend on what it waits for. All of it runs on the executor that it was
/// given, one thing at a time.
///
/// Ownership: the loop owns it, by the timer, so that it goes with the loop.
template <typename T>
class loop_operation : public std::enable_shared_from_this<loop_operation<T>> {
public:
    loop_operation(io::executor on, operation_handler<T> handler)
        : on_(std::move(on)), timer_(on_), handler_(std::move(handler))
    {
    }
    loop_operation(loop_operation const&) = delete;
    loop_operation& operator=(loop_operation const&) = delete;
    virtual ~loop_operation() = default;

    /// Begins soon. Called once, from any thread.
    void start(deadline until)
    {
        timer_.expires_at(until.value_or(std::chrono::steady_clock::time_point::max()));
        if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected())
            slot.assign([weak = this->weak_from_this()](asio::cancellation_type) {
                if (auto const self = weak.lock())
                    asio::post(self->on_, [self] {
                        self->stop({channel_fault::cancelled, "it is not waited for any more"});
                    });
            });
        submit();
        asio::post(on_, [self = this->shared_from_this()] {
            self->begin();
            if (self->is_done_)
                return;
            self->timer_.async_wait([self](error_code why) {
                if (!why)
                    self->stop({channel_fault::timed_out, "nothing came in time"});
            });
        });
    }

    [[nodiscard]] io::executor const& where() const noexcept { return on_; }

    void complete(std::expected<T, channel_error> given)
    {
        if (is_done_)
            return;
        is_done_ = true;
        end();
        timer_.cancel();
        asio::get_associated_cancellation_slot(handler_).clear();
        auto const to = asio::get_associated_executor(handler_, on_);
        asio::dispatch(to, [handler = std::move(handler_), given = std::move(given)]() mutable {
            std::move(handler)(std::move(given));
        });
    }

protected:
    [[nodiscard]] bool is_done() const noexcept { return is_done_; }

    /// The first step, in the thread that asks for the operation; and the first on its executor.
    virtual void submit() {}
    virtual void begin() {}

    /// False when it is too late for that: it completes with what it waited for.
    virtual bool give_up(channel_fault why) = 0;

    virtual void end() {}

private:
    void stop(channel_error why)
    {
        if (!is_done_ && give_up(why.kind))
            complete(std::unexpected(std::move(why)));
    }

    io::executor on_;
    asio::steady_timer timer_;
    operation_handler<T> handler_;
    bool is_done_ = false;
};

}  // namespace tendril::rpc::detail
