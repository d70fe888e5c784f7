#pragma once

/// @file
/// Events that Gate One has no frame for, as the special sequence its plugins use: `ESC ] _ ;
/// tendril|KIND|TEXT BEL`. Layer: record (base). Spec: docs/formats.md.

#include <tendril/record/recording.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tendril::record::detail {

/// The sequence for @p from, which is no output. Every byte that is no plain ASCII stands as %hh.
[[nodiscard]] std::string extension_of(event const& from);

/// The event that @p bytes are, without its time; none when they are anything else, even in part.
[[nodiscard]] std::optional<event> read_extension(std::string_view bytes);

}  // namespace tendril::record::detail
