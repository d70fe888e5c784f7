#pragma once

/// @file
/// Which neighbour leads to which context. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Routes"; parity
/// rows R04 and R20.

#include <tendril/rpc/identity.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tendril::rpc {

/// What a withdrawn route means for others.
struct withdrawal {
    context_id lost = 0;
    std::vector<link_id> tell;  ///< neighbours that have spoken with it, and the parent
};

/// The contexts below this one, and the way up.
///
/// Memory: `most` contexts, each with the neighbours that have spoken with it.
class routes {
public:
    static constexpr std::size_t most = 100'000;
    static constexpr std::size_t most_remembered = 1000;

    /// @p parent is the link to the context above; the master has none.
    explicit routes(std::optional<link_id> parent = std::nullopt) noexcept : parent_(parent) {}

    /// @p parent is the link to the context above, from now on.
    void lead_up(link_id parent) noexcept { parent_ = parent; }

    /// @p id is reached through @p via. False when it is known already, there are `most`, or @p via leads up.
    [[nodiscard]] bool add(context_id id, link_id via);

    /// Where what is for @p id goes: the way that is known, else up.
    [[nodiscard]] std::optional<link_id> towards(context_id id) const noexcept;

    /// The neighbour below that leads to @p id, if it is below.
    [[nodiscard]] std::optional<link_id> below(context_id id) const noexcept;

    /// Notes that who is behind @p from has spoken with @p id and is to hear of its end.
    void note_traffic(link_id from, context_id id);

    /// Withdraws the route to @p id, if it leads through @p via: nobody can withdraw another's.
    [[nodiscard]] std::optional<withdrawal> remove(context_id id, link_id via);

    /// Withdraws all routes through @p via, which is lost, and forgets it.
    [[nodiscard]] std::vector<withdrawal> lose(link_id via);

    /// Keeps @p why @p id was lost for those who speak to it too late: the first 500 bytes, of the last
    /// `most_remembered`.
    void remember_loss(context_id id, std::string_view why);

    /// Why @p id was lost; null when nobody remembers. Valid until the next remember_loss().
    [[nodiscard]] std::string const* reason_of_loss(context_id id) const noexcept;

    [[nodiscard]] std::optional<link_id> parent() const noexcept { return parent_; }
    [[nodiscard]] std::size_t size() const noexcept { return known_.size(); }

private:
    struct destination {
        link_id via = 0;
        std::set<link_id> spoken;
    };

    withdrawal withdrawn(context_id id, destination const& gone) const;

    std::optional<link_id> parent_;
    std::unordered_map<context_id, destination> known_;
    std::unordered_map<context_id, std::string> lost_;
    std::deque<context_id> lost_in_order_;
};

}  // namespace tendril::rpc
