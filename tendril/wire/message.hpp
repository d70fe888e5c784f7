#pragma once

/// @file
/// What one context says to another. Layer: wire (base). Spec: docs/protocol.md "Messages"; parity row R03.

#include <tendril/wire/frame.hpp>

#include <string_view>
#include <vector>

namespace tendril::wire {

/// Bytes that somebody owns.
using byte_buffer = std::vector<std::byte>;

/// A whole message.
struct message {
    context_id dst = 0;
    context_id src = 0;
    context_id auth = 0;
    wire::handle handle = 0;
    wire::handle reply_to = 0;
    bool is_dead = false;  ///< no other will come; the data is the reason
    byte_buffer data = {};

    /// Why it is dead. Lifetime: as long as the message.
    [[nodiscard]] std::string_view reason() const noexcept;
};

/// The answer to @p asked: for whoever asked, where an answer is expected.
[[nodiscard]] message reply_to(message const& asked, byte_buffer data);

/// The answer that there will be none, because of @p reason.
[[nodiscard]] message dead_reply_to(message const& asked, std::string_view reason);

}  // namespace tendril::wire
