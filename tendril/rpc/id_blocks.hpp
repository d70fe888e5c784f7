#pragma once

/// @file
/// Numbers for contexts, given out in blocks. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Ids"; parity
/// row R19.

#include <tendril/rpc/identity.hpp>

#include <limits>
#include <optional>

namespace tendril::rpc {

/// Numbers from `first` on.
struct id_block {
    context_id first = 0;
    std::uint32_t count = 0;

    [[nodiscard]] bool operator==(id_block const&) const = default;
};

/// What the master gives out. A number is never given twice, so that a late message reaches nobody new.
class id_source {
public:
    static constexpr std::uint32_t block_size = 1000;

    /// The next block; none once 2^32 are used up.
    [[nodiscard]] std::optional<id_block> next() noexcept
    {
        if (next_ > std::numeric_limits<context_id>::max() - block_size)
            return std::nullopt;
        id_block const block{next_, block_size};
        next_ += block_size;
        return block;
    }

private:
    context_id next_ = 1;  // the master itself is 0
};

/// What a context has of them.
class id_pool {
public:
    /// Takes @p block in. Call it when the pool is empty: what is left of another block is lost.
    void refill(id_block block) noexcept { rest_ = block; }

    /// A number for a new context; none when a block must be asked for first.
    [[nodiscard]] std::optional<context_id> take() noexcept
    {
        if (rest_.count == 0)
            return std::nullopt;
        --rest_.count;
        return rest_.first++;
    }

private:
    id_block rest_;
};

}  // namespace tendril::rpc
