#pragma once

/// @file
/// A receiver and a sender as one. Layer: rpc (base, wire, io). Design: docs/adr/0042-streams.md; parity row
/// R13.

#include <tendril/rpc/receiver.hpp>

namespace tendril::rpc {

/// Both ways between two contexts. One side has a receiver and hands its sender to the other, in a call's
/// arguments say; the other accept()s that, and the first one meet()s it.
///
/// Ownership, Lifetime, Threads, Pressure: as receiver and sender.
class channel {
public:
    using timeout = receiver::timeout;

    /// Of two ends that were agreed on elsewhere.
    channel(receiver from_there, sender to_there) noexcept
        : in_(std::move(from_there)), out_(std::move(to_there))
    {
    }

    /// To a handle that is known, at @p peer; what comes back comes to @p options.
    channel(router& via, address peer, receiver_options options = {});

    /// Answers whoever handed over @p to_there: it is sent the way back.
    /// Errors: as sender::try_send().
    [[nodiscard]] static std::expected<channel, channel_error> accept(router& via, sender to_there,
                                                                      receiver_options options = {});

    /// Sleeps until who was handed the sender of @p from_there has accepted.
    /// Errors: as receiver::get_data().
    [[nodiscard]] static std::expected<channel, channel_error> meet(receiver from_there,
                                                                    timeout within = std::nullopt);

    /// As meet(), once the first message of @p from_there has been taken: @p greeting.
    [[nodiscard]] static std::expected<channel, channel_error> met(receiver from_there,
                                                                   wire::message const& greeting);

    [[nodiscard]] receiver& in() noexcept { return in_; }
    [[nodiscard]] sender& out() noexcept { return out_; }

    /// As sender::send().
    template <wire::packable T>
    [[nodiscard]] sender::outcome send(T const& value, timeout within = std::nullopt)
    {
        return out_.send(value, within);
    }

    /// As sender::try_send().
    template <wire::packable T>
    [[nodiscard]] sender::outcome try_send(T const& value)
    {
        return out_.try_send(value);
    }

    /// As receiver::get().
    [[nodiscard]] std::expected<wire::message, channel_error> get(timeout within = std::nullopt)
    {
        return in_.get(within);
    }

    /// As receiver::get_data().
    template <typename T>
    [[nodiscard]] std::expected<T, channel_error> get_data(timeout within = std::nullopt)
    {
        return in_.get_data<T>(within);
    }

    /// Ends both directions.
    void close(std::string const& why = "the channel was closed");

    /// What a select waits for.
    [[nodiscard]] std::shared_ptr<detail::select_source> source() const noexcept { return in_.source(); }

private:
    receiver in_;
    sender out_;
};

}  // namespace tendril::rpc
