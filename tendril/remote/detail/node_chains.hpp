#pragma once

/// @file
/// What a context asks of one below it: to make contexts there, and to end them. Layer: remote (wire, rpc).
/// Spec: docs/protocol.md "A context below another"; design: docs/adr/0046-chains.md; parity row K15.

#include <tendril/remote/node.hpp>

#include <optional>

namespace tendril::remote::detail {

/// A context that was made for the one who asked, or why there is none.
struct made_below {
    std::optional<connect_error> why_not = {};
    rpc::context_id id = 0;
    introduction who = {};

    static constexpr auto wire_fields = std::tuple(&made_below::why_not, &made_below::id, &made_below::who);
};

/// Called there: goes the way of @p plan.
asio::awaitable<made_below> make_below(rpc::call_context& here, way_plan plan, context_options how);

/// Called there: as node::async_shutdown().
asio::awaitable<void> end_below(rpc::call_context& here, rpc::context_id which,
                                std::chrono::milliseconds grace);

}  // namespace tendril::remote::detail
