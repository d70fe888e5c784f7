#pragma once

/// @file
/// The size of a terminal in cells. Layer: term. Spec: none; what TIOCSWINSZ takes.

#include <cstdint>

namespace tendril::term {

/// Units: cells. A terminal treats 0 as 1.
struct grid_size {
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;

    bool operator==(grid_size const&) const = default;
};

}  // namespace tendril::term
