#pragma once

/// @file
/// Numbers as they travel. Layer: wire.

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>

namespace tendril::wire::detail {

/// Writes @p value where @p at points. Returns the place behind it.
template <std::unsigned_integral Number>
std::byte* put(std::byte* at, Number value) noexcept
{
    if constexpr (std::endian::native == std::endian::little)
        value = std::byteswap(value);
    std::memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

/// Reads what put() wrote.
template <std::unsigned_integral Number>
Number get(std::byte const* at) noexcept
{
    Number value;
    std::memcpy(&value, at, sizeof value);
    if constexpr (std::endian::native == std::endian::little)
        value = std::byteswap(value);
    return value;
}

}  // namespace tendril::wire::detail
