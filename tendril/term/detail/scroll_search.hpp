#pragma once

/// @file
/// Finds lines that only moved up or down between two screens. Layer: term. Spec: none; parity T06.

#include <tendril/term/detail/seen_line.hpp>
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

/// The block whose movement saves most, if any saves more than scrolling costs.
/// @p hashes get the text_hash() of those lines of @p now that were looked at; what is not 0 is known
/// already. Cost: linear in the cells of the lines that differ; nothing when fewer than three do.
[[nodiscard]] std::optional<moved_lines>
find_moved_lines(std::vector<seen_line> const& was, terminal const& now, std::vector<std::uint64_t>& hashes);

}  // namespace tendril::term::detail
