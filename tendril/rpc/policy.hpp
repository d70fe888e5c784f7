#pragma once

/// @file
/// Who may send to a handle. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Handles"; parity row R05.

#include <tendril/rpc/identity.hpp>
#include <tendril/wire/message.hpp>

#include <functional>

namespace tendril::rpc {

/// How a message reached us.
struct arrival {
    identity const& self;  ///< who we are
    context_id neighbour;  ///< who is at the other end of the link that it came through; self when it was us
};

/// True when @p what may be delivered.
using policy = std::function<bool(wire::message const& what, arrival const& how)>;

/// Sent on the authority of this context or one above it.
[[nodiscard]] bool has_parent_authority(wire::message const& what, arrival const& how);

/// Sent by a context right below this one.
[[nodiscard]] bool is_immediate_child(wire::message const& what, arrival const& how);

/// For what concerns nobody but who asks.
[[nodiscard]] bool anybody(wire::message const& what, arrival const& how);

}  // namespace tendril::rpc
