#pragma once

/// @file
/// What is on its way to a neighbour. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Messages"; design:
/// docs/adr/0038-links.md.

#include <tendril/rpc/identity.hpp>
#include <tendril/wire/outgoing_message.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <variant>
#include <vector>

namespace tendril::rpc {

/// Frames in the order in which they are to be written.
///
/// Small messages go first come, first served; large ones take turns, a piece each, so that neither many
/// calls nor a transfer of gigabytes makes the others wait. What has the same source, destination and handle
/// keeps its order.
///
/// Memory: messages are not copied, but moved; what is relayed is. How much there is, is for its owner to
/// bound.
class outbox {
public:
    /// Puts in a message of our own; @p number is another one for each that its source has under way.
    void push(wire::message what, std::uint32_t number);

    /// Puts in a copy of a frame that came through @p from.
    void relay(link_id from, wire::frame_header const& header, base::byte_view piece);

    /// What to write next, as far as @p into has room; none when there is nothing. The same again until
    /// wrote(). Lifetime: until wrote().
    [[nodiscard]] std::size_t gather(std::span<base::byte_view> into);

    /// The first @p bytes of what gather() gave are written.
    void wrote(std::size_t bytes);

    [[nodiscard]] bool empty() const noexcept { return bytes() == 0; }

    /// All that is not written.
    [[nodiscard]] std::size_t bytes() const noexcept { return own_bytes_ + relayed_bytes_; }

    /// Bytes of small messages that are not in what gather() gives yet.
    [[nodiscard]] std::size_t ready_bytes() const noexcept { return ready_.size(); }

    /// Bytes of our own messages that are not written.
    [[nodiscard]] std::size_t own_bytes() const noexcept { return own_bytes_; }

    /// Bytes of frames that came through @p from and are not written.
    [[nodiscard]] std::size_t relayed_bytes(link_id from) const noexcept;

private:
    struct flow_key {
        context_id src = 0;
        context_id dst = 0;
        wire::handle handle = 0;
        wire::handle reply_to = 0;
        [[nodiscard]] bool operator==(flow_key const&) const = default;
    };
    struct flow_hash {
        [[nodiscard]] std::size_t operator()(flow_key const& key) const noexcept;
    };
    struct relayed_frame {
        link_id from = 0;
        wire::byte_buffer bytes;
    };
    using item = std::variant<wire::outgoing_message, relayed_frame>;
    using flow = std::deque<item>;

    /// Whose bytes a stretch of what is being written are.
    struct share {
        std::size_t bytes = 0;
        std::optional<link_id> from = {};  ///< none: ours
    };

    [[nodiscard]] bool goes_at_once(flow_key const& key, std::size_t total) const;
    void append(wire::encoded_header const& header, base::byte_view piece, std::optional<link_id> from);
    void enqueue(flow_key const& key, item what);
    void next_batch();
    void take_turn();
    void settle(std::size_t bytes);

    wire::byte_buffer ready_;  // small frames for the next batch
    std::vector<share> ready_shares_;
    std::unordered_map<flow_key, flow, flow_hash> flows_;
    std::deque<flow_key> turns_;

    // The batch that is being written.
    wire::byte_buffer sending_;
    std::deque<wire::encoded_header> headers_;
    std::vector<item> held_;  // what the views lie in
    std::vector<base::byte_view> views_;
    std::size_t written_views_ = 0;
    std::deque<share> shares_;

    std::size_t own_bytes_ = 0;
    std::size_t relayed_bytes_ = 0;
    std::unordered_map<link_id, std::size_t> relayed_;
};

}  // namespace tendril::rpc
