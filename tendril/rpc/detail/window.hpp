#pragma once

/// @file
/// How much a sender may have under way, as both ends count it. Pure. Layer: rpc (wire). Spec:
/// docs/protocol.md "Streams".

#include <tendril/wire/message.hpp>

#include <cstddef>

namespace tendril::rpc::detail {

/// What a message counts beside its bytes, so that empty ones do not come without end.
inline constexpr std::size_t cost_of_any = 64;

[[nodiscard]] constexpr std::size_t cost_of(wire::byte_buffer const& data) noexcept
{
    return data.size() + cost_of_any;
}

/// Handles from here on are for credit, and nothing else: who gets data with such a reply_to knows by it that
/// a sender waits for credit.
inline constexpr wire::handle first_credit_handle = 0x8000'0000U;

[[nodiscard]] constexpr bool is_for_credit(wire::handle which) noexcept
{
    return which >= first_credit_handle;
}

/// How much of a window is taken out of the queue before credit is given for it.
[[nodiscard]] constexpr std::size_t credit_step(std::size_t window) noexcept
{
    return window / 2;
}

/// True when another message may go while @p outstanding is under way. Up to credit_step() of that may have
/// been taken already without credit, so that it never keeps a large message waiting.
[[nodiscard]] constexpr bool fits(std::size_t outstanding, std::size_t cost, std::size_t window) noexcept
{
    return outstanding <= credit_step(window) || outstanding + cost <= window;
}

}  // namespace tendril::rpc::detail
