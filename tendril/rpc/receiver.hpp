#pragma once

/// @file
/// The receiving end of a handle. Layer: rpc (base, wire, io). Spec: docs/protocol.md "Streams"; design:
/// docs/adr/0042-streams.md; parity row R10.

#include <tendril/rpc/detail/blocking_range.hpp>
#include <tendril/rpc/detail/select_source.hpp>
#include <tendril/rpc/detail/waiting.hpp>
#include <tendril/rpc/router.hpp>
#include <tendril/rpc/router_scope.hpp>
#include <tendril/rpc/sender.hpp>
#include <tendril/wire/codec.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::rpc {

namespace detail {
class receiver_state;
}

/// What a receiver takes, and how much of it waits.
struct receiver_options {
    std::optional<wire::handle> handle = {};  ///< a certain one; otherwise a fresh one
    std::optional<context_id> respondent =
        {};  ///< the only one that may send; the receiver ends when it is lost
    policy admits = anybody;
    standing stays = standing::until_removed;
    std::size_t capacity = 256UL * 1024;  ///< bytes that wait here, for each sender
    std::size_t most_senders = 1024;      ///< of which something waits here at a time
    /// Called on the strand after a message or the end has come; it may destroy the receiver.
    std::function<void()> notify = {};
};

/// A queue of the messages that come to one handle.
///
/// Ownership: gives the handle back when it is destroyed; the router outlives it.
/// Threads:   its router's rule; what sleeps is for a router with callers::any_thread.
/// Pressure:  a sender gets credit once half of `capacity` was taken out of the queue. What does not keep to
///            that is refused with a dead reply, and said in the log.
/// Memory:    `capacity` for each of `most_senders`; a message that is larger than half of it may come alone.
class receiver {
public:
    using timeout = std::optional<std::chrono::milliseconds>;  ///< nothing: for ever

    /// Errors: std::invalid_argument when the handle is taken, or there are no more.
    explicit receiver(router& via, receiver_options options = {});
    receiver(receiver&& other) noexcept = default;
    receiver& operator=(receiver&& other) noexcept;
    ~receiver();

    [[nodiscard]] wire::handle handle() const noexcept;

    /// Where to send to.
    [[nodiscard]] address where() const noexcept;

    /// What sends here, also from another context once it was sent there.
    [[nodiscard]] sender to_sender() const;

    /// Takes the first message, and sleeps until there is one.
    ///
    /// Errors: timed_out; ended, with the reason, once the queue is empty and no more will come; closed after
    ///         close(); wrong_thread in the thread that runs the router.
    [[nodiscard]] std::expected<wire::message, channel_error> get(timeout within = std::nullopt);

    /// As get(), and unpacks it. Errors: refused for what is no T; it is taken all the same.
    template <typename T>
    [[nodiscard]] std::expected<T, channel_error> get_data(timeout within = std::nullopt)
    {
        auto const what = get(within);
        if (!what)
            return std::unexpected(what.error());
        return data_of<T>(*what);
    }

    /// Unpacks what came here. Errors: refused.
    template <typename T>
    [[nodiscard]] std::expected<T, channel_error> data_of(wire::message const& what) const
    {
        router_scope const here(via());
        auto value = wire::unpack<T>(what.data);
        if (!value)
            return std::unexpected(channel_error{channel_fault::refused, value.error().message()});
        return std::move(*value);
    }

    /// Takes the first message. Errors: would_block when there is none; ended; closed.
    [[nodiscard]] std::expected<wire::message, channel_error> try_get();

    /// Completes with the first message, on the router's strand unless the token says otherwise.
    ///
    /// Errors:  as get(), without wrong_thread. Cancels: terminal, partial, total; no message is lost.
    template <asio::completion_token_for<void(std::expected<wire::message, channel_error>)> Token =
                  asio::deferred_t>
    auto async_get(timeout within = std::nullopt, Token&& token = {})
    {
        return asio::async_initiate<Token, void(std::expected<wire::message, channel_error>)>(
            [](auto handler, std::shared_ptr<detail::waitable<wire::message>> from, io::executor on,
               timeout until) {
                detail::start_wait<wire::message>(std::move(from), std::move(on), until, std::move(handler));
            },
            token, queue(), via().get_executor(), within);
    }

    /// Drops what has come, and takes nothing more: senders are told. Idempotent.
    void close(std::string const& why = "the receiver was closed");

    [[nodiscard]] bool empty() const;

    /// Takes messages until none will come any more: ends at the first error of get(), which sleeps.
    [[nodiscard]] auto begin() { return detail::blocking_iterator<receiver, wire::message>(*this); }
    [[nodiscard]] static std::default_sentinel_t end() noexcept { return {}; }

    /// What a select waits for.
    [[nodiscard]] std::shared_ptr<detail::select_source> source() const noexcept;

private:
    [[nodiscard]] router& via() const noexcept;
    [[nodiscard]] std::shared_ptr<detail::waitable<wire::message>> queue() const noexcept;

    std::shared_ptr<detail::receiver_state> state_;  // null once it was moved from
};

}  // namespace tendril::rpc
