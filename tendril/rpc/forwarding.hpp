#pragma once

/// @file
/// What becomes of a frame. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Routing"; parity rows R04 to
/// R06.

#include <tendril/rpc/routes.hpp>

#include <string>

namespace tendril::rpc {

/// Who may speak with whom.
enum class directions : std::uint8_t {
    up_and_down,  ///< contexts speak with those above and below them, and with nobody beside
    any,
};

/// What becomes of a frame, and why.
struct verdict {
    enum class kind : std::uint8_t {
        deliver,  ///< it is for us
        forward,  ///< it goes to `to`
        refuse,   ///< it goes nowhere, and who sent it is told, if it is the first part
        drop,     ///< it goes nowhere, and nobody is told: its source is forged, and a forger learns nothing
    };

    kind what = kind::drop;
    link_id to = 0;
    std::string why = {};     ///< for refuse and drop
    bool is_offence = false;  ///< refused because the sender may not, rather than because it cannot be
};

/// Judges frames by who sent them, through whom, for whom and on whose authority.
///
/// Lifetime: the routes outlive the object.
class forwarding {
public:
    forwarding(identity self, routes& by, directions allowed = directions::up_and_down,
               std::size_t message_limit = 128UL * 1024 * 1024);

    /// What becomes of a frame with @p header that came through @p from. It is noted that these two speak.
    [[nodiscard]] verdict judge(wire::frame_header const& header, link_id from);

    /// The same for one of our own.
    [[nodiscard]] verdict judge_own(wire::frame_header const& header);

    [[nodiscard]] identity const& self() const noexcept { return self_; }

private:
    [[nodiscard]] bool comes_from(context_id source, link_id from) const noexcept;
    [[nodiscard]] verdict route(wire::frame_header const& header, std::optional<link_id> from);

    identity self_;
    routes* by_;
    directions allowed_;
    std::size_t message_limit_;
};

}  // namespace tendril::rpc
