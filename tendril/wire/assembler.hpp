#pragma once

/// @file
/// Makes messages whole again. Layer: wire (base). Spec: docs/protocol.md "Messages".

#include <tendril/wire/message.hpp>

#include <cstddef>
#include <optional>
#include <unordered_map>

namespace tendril::wire {

/// How much may be under way towards one context.
struct assembly_limits {
    std::size_t message_bytes = 128UL * 1024 * 1024;  ///< of one message
    std::size_t source_bytes = 256UL * 1024 * 1024;   ///< of all unfinished messages of one source
    std::size_t source_messages = 1024;               ///< unfinished ones of one source
};

/// Parts of messages in, messages out. Parts of different messages may come mixed, those of one in order.
///
/// Memory: what has come of unfinished messages, which the limits bound; what a message only says that it
/// will be costs nothing.
/// Threads: distinct objects are safe.
class assembler {
public:
    explicit assembler(assembly_limits limits = {}) : limits_(limits) {}

    /// Takes in a part; gives the message when it was the last one.
    ///
    /// Errors: message_too_large, for each part of it: the others of its source go on. not_a_part and
    /// too_many_messages: the source does not keep to the protocol; what it has under way is dropped.
    [[nodiscard]] std::expected<std::optional<message>, error_code> take(frame_header const& header,
                                                                         base::byte_view piece);

    /// Drops what @p source has under way: it is gone.
    void forget(context_id source);

    /// Bytes that are held for unfinished messages.
    [[nodiscard]] std::size_t held_bytes() const noexcept;

private:
    struct source_state {
        std::unordered_map<std::uint32_t, message> unfinished;
        std::size_t bytes = 0;
    };

    std::expected<std::optional<message>, error_code> fail(context_id source, error_code why);

    assembly_limits limits_;
    std::unordered_map<context_id, source_state> sources_;
};

}  // namespace tendril::wire
