#pragma once

/// @file
/// On behalf of which router values are unpacked. Layer: rpc. Design: docs/adr/0042-streams.md.

namespace tendril::rpc {

class router;

/// Makes a router the one that unpacked senders send through, in this thread, until it goes.
class router_scope {
public:
    explicit router_scope(router& which) noexcept;
    router_scope(router_scope const&) = delete;
    router_scope& operator=(router_scope const&) = delete;
    ~router_scope();

    /// The innermost one of this thread; null outside of any.
    [[nodiscard]] static router* current() noexcept;

private:
    router* outer_;
};

}  // namespace tendril::rpc
