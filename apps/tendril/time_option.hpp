#pragma once

/// @file
/// A time within a recording on a command line: seconds, or hours and minutes before them. Layer: apps.

#include <tendril/record/recording.hpp>

#include <optional>
#include <string_view>

namespace tendril::app {

/// Reads "90", "1.5", "1:30" or "1:02:03.5". Empty for anything else.
[[nodiscard]] std::optional<record::moment> parse_time(std::string_view text) noexcept;

}  // namespace tendril::app
