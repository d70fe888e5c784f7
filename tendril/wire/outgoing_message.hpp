#pragma once

/// @file
/// A message on its way out, in pieces between which others may go. Layer: wire (base).
/// Spec: docs/protocol.md "Messages".

#include <tendril/wire/message.hpp>

#include <optional>

namespace tendril::wire {

/// Cuts a message into frames.
class outgoing_message {
public:
    /// A frame, its piece not copied.
    struct part {
        encoded_header header;
        base::byte_view piece;  ///< of the message, which stays where it is
    };

    /// @p number is another one for each message that its source has under way.
    outgoing_message(message what, std::uint32_t number) noexcept;

    /// The next frame, until there is none. An empty message has one, too.
    [[nodiscard]] std::optional<part> next() noexcept;

    /// Bytes of data that next() has not given yet.
    [[nodiscard]] std::size_t remaining() const noexcept { return what_.data.size() - offset_; }

private:
    message what_;
    std::uint32_t number_;
    std::size_t offset_ = 0;
    bool is_done_ = false;
};

}  // namespace tendril::wire
