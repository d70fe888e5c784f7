#pragma once

/// @file
/// What travels between two contexts: frames, each a header of fixed size and a piece of a message.
/// Layer: wire (base). Spec: docs/protocol.md "Frames".

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace tendril::wire {

/// Names a context, within one tree of contexts. The master is 0.
using context_id = std::uint32_t;

/// Where in a context a message goes; 0 is nowhere.
using handle = std::uint32_t;

/// What a frame is. A kind that is not known is carried along like any other.
enum class frame_kind : std::uint8_t {
    data = 1,  ///< a piece of a message
    dead = 2,  ///< a piece of a message that says why there will be no other: its data is the reason, text
};

/// The fixed part of a frame; all numbers are big-endian where they travel.
struct frame_header {
    frame_kind kind = frame_kind::data;
    std::uint32_t size = 0;     ///< bytes of the message in this frame
    context_id dst = 0;         ///< who it is for
    context_id src = 0;         ///< who sent it
    context_id auth = 0;        ///< on whose authority
    wire::handle handle = 0;    ///< where it goes there
    wire::handle reply_to = 0;  ///< where an answer goes
    std::uint32_t number = 0;   ///< of the message: with src, its name while its parts are under way
    std::uint32_t offset = 0;   ///< where in the message this piece stands
    std::uint32_t total = 0;    ///< bytes of the whole message

    [[nodiscard]] bool operator==(frame_header const&) const = default;
};

inline constexpr std::size_t header_bytes = 40;

/// A frame carries at most this much, so that a message of a few bytes waits for no large one.
inline constexpr std::size_t largest_piece = 64UL * 1024;

/// A header as it travels.
using encoded_header = std::array<std::byte, header_bytes>;

/// Writes @p header.
[[nodiscard]] encoded_header encode(frame_header const& header) noexcept;

/// Reads a header. Errors: not_a_frame, frame_too_large; not_a_part when the piece does not lie within its
/// message.
[[nodiscard]] std::expected<frame_header, error_code> decode(encoded_header const& bytes) noexcept;

}  // namespace tendril::wire
