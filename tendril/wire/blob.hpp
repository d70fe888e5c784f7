#pragma once

/// @file
/// Many bytes that are not copied when they are unpacked. Layer: wire (base). Parity row R14.

#include <tendril/wire/codec.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace tendril::wire {

/// Bytes that several may hold, and nobody changes.
///
/// Travels as byte_buffer does. Unpacked from a message, large ones are a part of it and keep all of it
/// alive; small ones are copied. Cheap to copy. Threads: as shared_ptr.
class blob {
public:
    /// No bytes.
    blob() noexcept = default;

    /// Takes over @p bytes.
    explicit blob(byte_buffer bytes)
    {
        auto const kept = std::make_shared<byte_buffer const>(std::move(bytes));
        bytes_ = *kept;
        keeper_ = kept;
    }

    /// A part of what @p keeper keeps alive.
    blob(std::shared_ptr<void const> keeper, base::byte_view bytes) noexcept
        : keeper_(std::move(keeper)), bytes_(bytes)
    {
    }

    /// Lifetime: as long as the object or a copy of it.
    [[nodiscard]] base::byte_view bytes() const noexcept { return bytes_; }

    [[nodiscard]] bool operator==(blob const& other) const noexcept
    {
        return std::ranges::equal(bytes_, other.bytes_);
    }

private:
    std::shared_ptr<void const> keeper_;
    base::byte_view bytes_;
};

template <>
struct codec<blob> {
    /// What is smaller is not worth keeping a message for.
    static constexpr std::size_t smallest_shared = 4096;

    static void pack(packer& to, blob const& value) { to.bytes(value.bytes()); }
    static blob unpack(unpacker& from)
    {
        auto const bytes = from.bytes();
        if (from.keeper() && bytes.size() >= smallest_shared)
            return {from.keeper(), bytes};
        return blob(byte_buffer(bytes.begin(), bytes.end()));
    }
};

}  // namespace tendril::wire
