#pragma once

/// @file
/// The sending end of a receiver, wherever that is. Layer: rpc (base, wire, io). Spec: docs/protocol.md
/// "Streams"; design: docs/adr/0042-streams.md; parity row R11.

#include <tendril/io/executor.hpp>
#include <tendril/rpc/channel_error.hpp>
#include <tendril/rpc/identity.hpp>
#include <tendril/wire/codec.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::rpc {

class router;

/// A handle of a context.
struct address {
    context_id context = 0;
    wire::handle handle = 0;

    bool operator==(address const&) const = default;
};

namespace detail {
class sender_state;

/// Ends the state with the last sender that shares it.
class sender_share {
public:
    explicit sender_share(std::shared_ptr<sender_state> what) noexcept;
    sender_share(sender_share const&) = delete;
    sender_share& operator=(sender_share const&) = delete;
    ~sender_share();

    [[nodiscard]] std::shared_ptr<sender_state> const& state() const noexcept { return state_; }

private:
    std::shared_ptr<sender_state> state_;
};
}  // namespace detail

/// Sends values to a receiver, no faster than they are taken there. A value: copies share one window; it
/// travels, and sends from wherever it is unpacked (see router_scope), there with a window of its own.
///
/// Ownership: what still waits for room when the last copy goes is not sent; what was sent goes.
/// Lifetime:  the router outlives it.
/// Threads:   its router's rule; what sleeps is for a router with callers::any_thread.
/// Pressure:  `window` bytes under way, or half of it and one message that may be larger.
/// Errors:    of all that sends: ended, with the reason, once the receiver, its context or the way there is
///            lost; closed after close() and for a sender that leads nowhere; would_block or refused where
///            said.
class sender {
public:
    using timeout = std::optional<std::chrono::milliseconds>;  ///< nothing: for ever
    using outcome = std::expected<void, channel_error>;

    /// Leads nowhere.
    sender() = default;

    /// @p window is the receiver's capacity: another one stops the stream or breaks it.
    sender(router& via, address where, std::size_t window);

    /// Where it leads.
    [[nodiscard]] address where() const noexcept { return where_; }
    [[nodiscard]] std::size_t window() const noexcept { return window_; }

    /// Sends @p value, if there is room at once. Errors: would_block.
    template <wire::packable T>
    [[nodiscard]] outcome try_send(T const& value)
    {
        return try_send_bytes(wire::pack(value));
    }

    /// Sends @p value, and sleeps until there is room.
    /// Errors: timed_out: it is not sent; wrong_thread in the thread that runs the router.
    template <wire::packable T>
    [[nodiscard]] outcome send(T const& value, timeout within = std::nullopt)
    {
        return send_bytes(wire::pack(value), within);
    }

    /// Completes once there was room and @p value is on its way. Values go in the order of these calls.
    ///
    /// Errors:  timed_out, cancelled: it is not sent; refused when a thousand wait already.
    /// Cancels: terminal, partial, total.
    template <wire::packable T,
              asio::completion_token_for<void(std::expected<void, channel_error>)> Token = asio::deferred_t>
    auto async_send(T const& value, timeout within = std::nullopt, Token&& token = {})
    {
        return asio::async_initiate<Token, void(std::expected<void, channel_error>)>(
            [](auto handler, sender from, wire::byte_buffer data, timeout until) {
                from.start_send(std::move(data), until, std::move(handler));
            },
            token, *this, wire::pack(value), within);
    }

    /// Ends the receiver with @p reason, after all that was sent before. Nothing more can be sent.
    void close(std::string_view reason = "the sender was closed");

    /// True for what leads to the same receiver.
    [[nodiscard]] bool operator==(sender const& other) const noexcept { return where_ == other.where_; }

private:
    [[nodiscard]] outcome try_send_bytes(wire::byte_buffer data);
    [[nodiscard]] outcome send_bytes(wire::byte_buffer data, timeout within);
    void start_send(wire::byte_buffer data, timeout within,
                    asio::any_completion_handler<void(std::expected<void, channel_error>)> handler);

    address where_;
    std::size_t window_ = 0;
    std::shared_ptr<detail::sender_share> share_;  // null for what leads nowhere
};

}  // namespace tendril::rpc

/// A list of context, handle and window. Unpacking needs a router_scope.
template <>
struct tendril::wire::codec<tendril::rpc::sender> {
    static void pack(packer& to, rpc::sender const& value);
    static rpc::sender unpack(unpacker& from);
};
