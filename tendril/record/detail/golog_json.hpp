#pragma once

/// @file
/// The metadata frame of a golog as JSON. Private to the layer. Layer: record (base). Spec: Gate One 1.2,
/// get_or_update_metadata; docs/formats.md.

#include <tendril/record/detail/asciicast_json.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/recording.hpp>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::record::detail {

/// Reads the metadata. Returns start_date in milliseconds since the epoch, none when there is none.
/// Errors: not_json when it is no object; unsupported_version for one that is not 1.x.
[[nodiscard]] std::expected<std::optional<std::int64_t>, errc>
read_golog_metadata(std::string_view text, header& into, warn_sink const& warn);

/// The metadata as one line of JSON, ASCII only, so that it never holds the separator.
[[nodiscard]] std::string golog_metadata(header const& from, std::int64_t began_millis,
                                         environment_policy environment);

}  // namespace tendril::record::detail
