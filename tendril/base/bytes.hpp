#pragma once

/// @file
/// The one way between text and bytes. Layer: base.

#include <cstddef>
#include <span>
#include <string_view>

namespace tendril::base {

/// A view of bytes: what every consumer of a stream is handed.
using byte_view = std::span<std::byte const>;

/// Views @p text as bytes. Lifetime: as long as the text.
[[nodiscard]] inline byte_view bytes_of(std::string_view text) noexcept
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Views @p bytes as characters, whatever their encoding. Lifetime: as long as the bytes.
[[nodiscard]] inline std::string_view text_of(byte_view bytes) noexcept
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

}  // namespace tendril::base
