#pragma once

/// @file
/// Finds lines that only moved up or down between two screens. Layer: term. Spec: none; parity T06.

#include <tendril/term/terminal.hpp>

#include <optional>
#include <vector>

namespace tendril::term::detail {

/// Lines [first, last] now show what the lines @p shift below them showed; above them where it is negative.
struct moved_lines {
    int first = 0;
    int last = 0;
    int shift = 0;
};

/// Whether a client's copy @p has is known to show what @p line shows, without a look at the cells.
[[nodiscard]] inline bool is_known_as(row const& has, row const& line) noexcept
{
    return has.identity() == line.identity() && has.generation() == line.generation();
}

/// The block whose movement saves most, if any saves more than scrolling costs.
/// Cost: linear in the cells of the lines that differ; nothing when fewer than three do.
[[nodiscard]] std::optional<moved_lines> find_moved_lines(std::vector<row> const& was, terminal const& now);

}  // namespace tendril::term::detail
