#pragma once

/// @file
/// Writes values as MessagePack, the shortest form of each. Layer: wire (base).
/// Spec: the MessagePack specification; docs/protocol.md "Values"; docs/adr/0032-values.md.

#include <tendril/wire/message.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace tendril::wire {

/// A moment, to the nanosecond.
using timestamp = std::chrono::sys_time<std::chrono::nanoseconds>;

/// Appends values to a buffer.
///
/// Errors: std::length_error for what is longer than 4 GiB. Lifetime: the buffer outlives the object.
class packer {
public:
    explicit packer(byte_buffer& to) noexcept : to_(&to) {}

    void nil();
    void boolean(bool value);
    void integer(std::int64_t value);
    void natural(std::uint64_t value);
    void real(double value);
    void real(float value);
    void text(std::string_view value);
    void bytes(base::byte_view value);
    void time(timestamp value);

    /// Announces @p count values, which follow.
    void array(std::size_t count);

    /// Announces @p count pairs of key and value, which follow.
    void map(std::size_t count);

private:
    void head(std::uint8_t tag);
    template <typename Number>
    void head(std::uint8_t tag, Number number);
    void append(base::byte_view bytes);
    void container(std::size_t count, std::uint8_t fixed, std::uint8_t of16, std::uint8_t of32);

    byte_buffer* to_;
};

}  // namespace tendril::wire
