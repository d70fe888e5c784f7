#pragma once

/// @file
/// A queue between threads, with an end. Layer: rpc (base, io). Parity row R17.

#include <tendril/rpc/detail/latch_state.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::rpc {

/// First in, first out. Each item goes to one of those who wait; a select may be one of them.
///
/// Ownership: who still waits when it is destroyed is told closed.
/// Threads:   any.
/// Pressure:  put() says would_block beyond the limit; without one the caller sees to it.
template <typename T>
class latch {
public:
    using timeout = std::optional<std::chrono::milliseconds>;  ///< nothing: for ever

    /// @p limit is in items.
    explicit latch(std::size_t limit = std::numeric_limits<std::size_t>::max())
        : state_(std::make_shared<detail::latch_state<T>>(limit))
    {
    }
    latch(latch const&) = delete;
    latch& operator=(latch const&) = delete;
    ~latch()
    {
        state_->leave();
        close("the latch is gone");
    }

    /// Appends @p item. Errors: would_block when it is full; closed.
    [[nodiscard]] std::expected<void, channel_error> put(T item) { return state_->put(std::move(item)); }

    /// Takes the first item, and sleeps until there is one.
    /// Errors: timed_out; closed, with the reason, once it is empty.
    [[nodiscard]] std::expected<T, channel_error> get(timeout within = std::nullopt)
    {
        return detail::wait_for<T>(*state_, within);
    }

    /// Takes the first item. Errors: would_block when there is none; closed.
    [[nodiscard]] std::expected<T, channel_error> try_get()
    {
        if (auto given = state_->attempt())
            return std::move(*given);
        return std::unexpected(channel_error{channel_fault::would_block, "the latch is empty"});
    }

    /// Completes with the first item. @p on runs one completion at a time, and outlives the latch.
    ///
    /// Errors:  as get(). Cancels: terminal, partial, total; nothing is taken then.
    template <asio::completion_token_for<void(std::expected<T, channel_error>)> Token = asio::deferred_t>
    auto async_get(io::executor on, timeout within = std::nullopt, Token&& token = {})
    {
        return asio::async_initiate<Token, void(std::expected<T, channel_error>)>(
            [](auto handler, std::shared_ptr<detail::latch_state<T>> from, io::executor where,
               timeout until) {
                detail::start_wait<T>(std::move(from), std::move(where), until, std::move(handler));
            },
            token, state_, std::move(on), within);
    }

    /// Nothing more goes in; what is in it can still be taken. Wakes all who wait in vain.
    void close(std::string reason = "it was closed")
    {
        state_->close({channel_fault::closed, std::move(reason)});
    }

    [[nodiscard]] bool empty() const { return state_->is_empty(); }

    /// What a select waits for.
    [[nodiscard]] std::shared_ptr<detail::select_source> source() const noexcept { return state_; }

private:
    std::shared_ptr<detail::latch_state<T>> state_;
};

}  // namespace tendril::rpc
