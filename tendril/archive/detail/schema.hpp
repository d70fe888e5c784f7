#pragma once

/// @file
/// The tables of an index. Layer: archive. Spec: SQLite FTS5.

#include <tendril/archive/detail/database.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tendril::archive::detail {

/// A line's number is its recording's shifted by this, plus its place there; place 0 is the recording's
/// header.
inline constexpr int lines_per_recording_bits = 32;

/// The size of a recording that is not whole in the index: no file has it.
inline constexpr std::int64_t unfinished_bytes = -1;

/// Opens the index at @p path; one that is damaged or was made by another version is deleted first.
[[nodiscard]] result<database> open_index(std::string const& path);

}  // namespace tendril::archive::detail
