#pragma once

/// @file
/// Handles of the protocol's own. Layer: rpc (wire). Spec: docs/protocol.md "Handles".

#include <tendril/wire/frame.hpp>

namespace tendril::rpc::well_known {

inline constexpr wire::handle alive = 1;       ///< nothing but a sign of life
inline constexpr wire::handle add_route = 2;   ///< a context has come
inline constexpr wire::handle lose_route = 3;  ///< a context is gone
inline constexpr wire::handle more_ids = 4;    ///< asks the master for a block of numbers
inline constexpr wire::handle shut_down = 5;   ///< asks a context to end
inline constexpr wire::handle call = 6;        ///< a call; it has no order among others
inline constexpr wire::handle cancel = 7;      ///< a call that is not wanted any more
inline constexpr wire::handle log = 8;         ///< records for the master
inline constexpr wire::handle welcome = 9;     ///< tells a new context who it is
inline constexpr wire::handle chained = 10;    ///< a call of a chain, in the order of those
inline constexpr wire::handle level = 11;      ///< how much is logged from now on, here and below
inline constexpr wire::handle profile = 12;    ///< what a context measured, for the master

}  // namespace tendril::rpc::well_known
