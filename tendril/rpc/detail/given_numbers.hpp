#pragma once

/// @file
/// What each neighbour of a master has of what all share: numbers for contexts, room for routes. Pure.
/// Layer: rpc (wire). Spec: docs/protocol.md "Contexts and routes"; parity rows R05 and R19.

#include <tendril/rpc/id_blocks.hpp>
#include <tendril/rpc/routes.hpp>

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace tendril::rpc::detail {

/// A neighbour that lies may neither take the number of a context that another one will have, nor all there
/// are: each may have at most half of what the others have left.
class given_numbers {
public:
    /// How many numbers that were never given out a neighbour may announce: those chosen by hand.
    static constexpr std::size_t most_strangers = 64;

    static constexpr link_id ourselves = 0;

    [[nodiscard]] bool may_have_more(link_id who) const
    {
        constexpr std::size_t most = std::numeric_limits<context_id>::max() / id_source::block_size;
        auto const has = count(blocks_, who);
        return 2 * has < most - (owners_.size() - has);
    }

    void note_given(id_block block, link_id to)
    {
        owners_.resize(block_of(block.first), unused);
        owners_.push_back(to);
        ++blocks_[to];
    }

    /// Whether @p via may lead to @p id, as far as the numbers go.
    [[nodiscard]] bool may_announce(context_id id, link_id via) const
    {
        auto const block = block_of(id);
        if (id == 0 || block >= owners_.size() || owners_[block] == unused)
            return count(strangers_, via) < most_strangers;
        return owners_[block] == via;
    }

    void note_announced(context_id id, link_id via)
    {
        auto const block = block_of(id);
        if (block >= owners_.size() || owners_[block] == unused)
            ++strangers_[via];
    }

    void forget(link_id gone)
    {
        strangers_.erase(gone);
        blocks_.erase(gone);  // the numbers stay given: none comes twice
    }

private:
    static constexpr link_id unused = std::numeric_limits<link_id>::max();

    static std::size_t block_of(context_id id) { return (id - 1) / id_source::block_size; }

    static std::size_t count(std::map<link_id, std::size_t> const& in, link_id who)
    {
        auto const found = in.find(who);
        return found == in.end() ? 0 : found->second;
    }

    std::vector<link_id> owners_;  // by the number of the block
    std::map<link_id, std::size_t> blocks_;
    std::map<link_id, std::size_t> strangers_;
};

/// How many routes lead through each neighbour.
class route_shares {
public:
    /// @p all is how many there are.
    [[nodiscard]] bool has_room(link_id via, std::size_t all) const
    {
        auto const found = through_.find(via);
        auto const its = found == through_.end() ? 0 : found->second;
        return 2 * its < routes::most - (all - its);
    }

    void added(link_id via) { ++through_[via]; }
    void removed(link_id via) { --through_[via]; }
    void forget(link_id gone) { through_.erase(gone); }

private:
    std::map<link_id, std::size_t> through_;
};

}  // namespace tendril::rpc::detail
