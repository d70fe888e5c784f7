#pragma once

/// @file
/// The lines that scrolled off the top, oldest first, up to a limit.
/// Layer: term. Design: docs/layers/term.md, "History".

#include <tendril/term/row.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tendril::term {

/// A bounded queue of lines. Readers copy a line out, so that the storage may be packed.
class history {
public:
    explicit history(std::size_t limit_lines) noexcept : limit_lines_(limit_lines) {}

    /// Appends a copy of @p line; at the limit the oldest line goes.
    /// Cost: no allocation at the limit, once the lines are as long as those they replace.
    void push(row const& line);

    /// Copies line @p index (0 is the oldest kept) into @p into; an index beyond the end gives an empty line.
    void read(std::size_t index, row& into) const;

    /// Whether line @p index goes on in the next one.
    [[nodiscard]] bool wrapped(std::size_t index) const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }

    /// How many lines were ever pushed: line `pushed() - size()` is index 0. Never decreases.
    [[nodiscard]] std::uint64_t pushed() const noexcept { return pushed_; }

    void clear() noexcept;

    /// Calls @p visit with every kept row, to be read or amended.
    template <typename Visit>
    void for_each(Visit&& visit)
    {
        for (auto& line : lines_)
            visit(line);
    }

private:
    [[nodiscard]] std::size_t slot_of(std::size_t index) const noexcept
    {
        return (first_ + index) % lines_.size();
    }

    std::size_t limit_lines_;
    std::size_t first_ = 0;
    std::uint64_t pushed_ = 0;
    std::vector<row> lines_;
};

}  // namespace tendril::term
