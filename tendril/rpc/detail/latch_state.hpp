#pragma once

/// @file
/// The queue within a latch and a receiver. Layer: rpc.

#include <tendril/rpc/detail/select_source.hpp>
#include <tendril/rpc/detail/waiting.hpp>

#include <deque>
#include <limits>

namespace tendril::rpc::detail {

/// A queue with an end. Threads: any.
template <typename T>
class latch_state : public select_source, public waitable<T> {
public:
    explicit latch_state(std::size_t limit = std::numeric_limits<std::size_t>::max()) noexcept : limit_(limit)
    {
    }

    /// Errors: would_block when it is full, the reason of its end after that.
    [[nodiscard]] std::expected<void, channel_error> put(T item)
    {
        std::scoped_lock const lock(this->mutex_);
        if (end_)
            return std::unexpected(*end_);
        if (items_.size() >= limit_)
            return std::unexpected(channel_error{channel_fault::would_block,
                                                 "the latch holds " + std::to_string(limit_) + " already"});
        put_locked(std::move(item));
        return {};
    }

    /// What is in it can still be taken; nothing more comes.
    void close(channel_error why)
    {
        std::scoped_lock const lock(this->mutex_);
        close_locked(std::move(why));
    }

    [[nodiscard]] bool is_empty() const
    {
        std::scoped_lock const lock(this->mutex_);
        return items_.empty();
    }

    [[nodiscard]] std::optional<channel_error> end() const
    {
        std::scoped_lock const lock(this->mutex_);
        return end_;
    }

    [[nodiscard]] std::optional<std::expected<T, channel_error>> attempt() override
    {
        std::scoped_lock const lock(this->mutex_);
        return attempt_locked();
    }

    [[nodiscard]] event_count& changes() noexcept override { return this->changes_; }

    [[nodiscard]] std::optional<picked> pick() override
    {
        std::scoped_lock const lock(this->mutex_);
        if (this->told_ > 0)
            --this->told_;
        auto given = attempt_locked();
        if (!given)
            return std::nullopt;
        if (!*given)
            return picked{.source = this, .end = std::move(given->error())};
        return picked{.source = this, .value = std::make_shared<T>(std::move(**given)), .type = &typeid(T)};
    }

protected:
    /// Sees each item that leaves, with the mutex held.
    virtual void on_taken(T const& /*item*/) {}

    [[nodiscard]] std::size_t ready() const override { return items_.size() + (end_ ? 1 : 0); }

    void put_locked(T item)
    {
        items_.push_back(std::move(item));
        this->announce();
    }

    void close_locked(channel_error why)
    {
        if (end_)
            return;
        end_ = std::move(why);
        this->announce();
    }

    [[nodiscard]] std::deque<T>& items() noexcept { return items_; }
    [[nodiscard]] bool has_ended() const noexcept { return end_.has_value(); }

private:
    [[nodiscard]] std::optional<std::expected<T, channel_error>> attempt_locked()
    {
        if (items_.empty())
            return end_ ? std::optional<std::expected<T, channel_error>>(std::unexpected(*end_))
                        : std::nullopt;
        std::expected<T, channel_error> first = std::move(items_.front());
        items_.pop_front();
        on_taken(*first);
        return first;
    }

    std::size_t const limit_;
    std::deque<T> items_;
    std::optional<channel_error> end_;
};

}  // namespace tendril::rpc::detail
