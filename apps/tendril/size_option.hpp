#pragma once

/// @file
/// A terminal size on a command line: COLSxROWS. Layer: apps.

#include <tendril/term/size.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tendril::app {

/// The largest number of columns, and of rows, that a command line may ask for: the widest wall of screens is
/// some 2,000 columns, and 4096 by 4096 cells are 256 MiB.
inline constexpr int largest_side = 4096;

/// Reads "80x24". Empty unless both numbers are plain decimals from 1 to largest_side.
[[nodiscard]] std::optional<term::grid_size> parse_size(std::string_view text) noexcept;

/// The line that tells a person what is wrong with @p text as a size.
[[nodiscard]] std::string size_complaint(std::string_view text);

}  // namespace tendril::app
