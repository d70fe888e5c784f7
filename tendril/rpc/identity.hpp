#pragma once

/// @file
/// Who a context is, and what it calls its neighbours. Layer: rpc (wire). Spec: docs/protocol.md "Contexts";
/// parity rows R01 and R05.

#include <tendril/wire/frame.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tendril::rpc {

using wire::context_id;

/// A stream to a neighbour, as the context at this end names it.
using link_id = std::uint32_t;

/// A context's place in the tree.
struct identity {
    context_id id = 0;
    std::vector<context_id> ancestors = {};  ///< nearest first; the last one is the master

    [[nodiscard]] bool is_master() const noexcept { return ancestors.empty(); }

    /// True for this context and those above it: whose authority is enough here.
    [[nodiscard]] bool obeys(context_id authority) const noexcept
    {
        return authority == id || std::ranges::find(ancestors, authority) != ancestors.end();
    }
};

}  // namespace tendril::rpc
