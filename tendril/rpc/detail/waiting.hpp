#pragma once

/// @file
/// The two ways to wait for a value: a thread that sleeps, and an operation that completes. Layer: rpc.

#include <tendril/rpc/detail/event_count.hpp>
#include <tendril/rpc/detail/loop_operation.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>

namespace tendril::rpc::detail {

/// Something that gives values now and then.
template <typename T>
class waitable {
public:
    waitable() = default;
    waitable(waitable const&) = delete;
    waitable& operator=(waitable const&) = delete;
    virtual ~waitable() = default;

    /// What there is now: a value, that there will be none, or nothing yet. Threads: any.
    [[nodiscard]] virtual std::optional<std::expected<T, channel_error>> attempt() = 0;

    /// Advances whenever attempt() may give something else than before.
    [[nodiscard]] virtual event_count& changes() noexcept = 0;
};

/// What a face that sleeps says in the thread that runs what it waits for.
[[nodiscard]] inline channel_error waits_at_home()
{
    return {channel_fault::wrong_thread,
            "this would wait in the thread that runs the router; use what completes there"};
}

/// Sleeps until @p from gives something, or @p timeout is over.
template <typename T>
std::expected<T, channel_error> wait_for(waitable<T>& from, std::optional<std::chrono::milliseconds> timeout)
{
    auto const until = deadline_after(timeout);
    for (bool is_late = false;;) {
        auto const seen = from.changes().now();
        if (auto given = from.attempt())
            return std::move(*given);
        if (is_late)
            return std::unexpected(channel_error{
                channel_fault::timed_out, "nothing came within " + std::to_string(timeout->count()) + " ms"});
        is_late = !from.changes().wait_past(seen, until);
    }
}

/// One operation that waits for what @p from gives.
template <typename T>
class wait_operation final : public loop_operation<T> {
public:
    wait_operation(std::shared_ptr<waitable<T>> from, io::executor on, operation_handler<T> handler)
        : loop_operation<T>(std::move(on), std::move(handler)), from_(std::move(from))
    {
    }

private:
    void begin() override { look(); }

    bool give_up(channel_fault why) override
    {
        if (why == channel_fault::timed_out)
            look();
        return !this->is_done();
    }

    void end() override { from_->changes().forget(registration_); }

    void look()
    {
        if (this->is_done())
            return;
        auto const seen = from_->changes().now();
        if (auto given = from_->attempt())
            return this->complete(std::move(*given));
        from_->changes().forget(registration_);
        registration_ = from_->changes().when_past(seen, [weak = this->weak_from_this()] {
            if (auto const self = std::static_pointer_cast<wait_operation>(weak.lock()))
                asio::post(self->where(), [self] { self->look(); });
        });
    }

    std::shared_ptr<waitable<T>> from_;
    std::uint64_t registration_ = 0;
};

/// Completes @p handler with what @p from gives, never inline.
template <typename T>
void start_wait(std::shared_ptr<waitable<T>> from, io::executor on,
                std::optional<std::chrono::milliseconds> timeout, operation_handler<T> handler)
{
    std::make_shared<wait_operation<T>>(std::move(from), std::move(on), std::move(handler))
        ->start(deadline_after(timeout));
}

}  // namespace tendril::rpc::detail
