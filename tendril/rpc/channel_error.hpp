#pragma once

/// @file
/// Why nothing came, or nothing went: what latches, receivers, senders and selects say. Layer: rpc. Parity
/// rows R10, R11 and R17.

#include <cstdint>
#include <string>

namespace tendril::rpc {

/// What a caller can act on.
enum class channel_fault : std::uint8_t {
    timed_out,     ///< the deadline passed; what was waited for may still come
    closed,        ///< this side closed it, or there is nothing left to wait for
    ended,         ///< the other side ended it, or is lost: a dead message came
    would_block,   ///< there is no room now
    wrong_thread,  ///< it would have to wait in the thread that runs the router
    refused,       ///< it cannot be done at all: another type, a loop, a bound
    cancelled,     ///< the operation's own cancellation
};

/// A fault, and its reason for people.
struct channel_error {
    channel_fault kind = channel_fault::closed;
    std::string reason = {};

    bool operator==(channel_error const&) const = default;
};

}  // namespace tendril::rpc
