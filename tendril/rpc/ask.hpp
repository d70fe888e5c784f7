#pragma once

/// @file
/// A message and its answer. Layer: rpc (base, wire, io). Parity row R07.

#include <tendril/rpc/receiver.hpp>

namespace tendril::rpc {

/// Sends @p what, and returns where its one answer will come: from its dst, or a dead message that says why
/// not. Its reply_to is filled in.
[[nodiscard]] receiver async_ask(router& via, wire::message what);

/// Sends @p what, and sleeps until its answer is here. Errors: as receiver::get().
[[nodiscard]] std::expected<wire::message, channel_error> ask(router& via, wire::message what,
                                                              receiver::timeout within = std::nullopt);

}  // namespace tendril::rpc
