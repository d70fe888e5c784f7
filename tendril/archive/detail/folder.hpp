#pragma once

/// @file
/// What there is in a folder, and where its index lies. Layer: archive (base). Spec: XDG Base Directory
/// Specification.

#include <tendril/base/error.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tendril::archive::detail {

/// A file, as it was seen.
struct seen_file {
    std::string path;          ///< below the folder
    std::int64_t changed = 0;  ///< nanoseconds since 1970
    std::int64_t bytes = 0;
};

/// The absolute path of @p folder without links. Errors: the errno of realpath; not_a_directory.
[[nodiscard]] result<std::string> real_path(std::string const& folder);

/// The recordings in @p folder and below it, the oldest first. Links to folders are not followed; a folder
/// that cannot be read is passed over. Errors: of the folder itself.
[[nodiscard]] result<std::vector<seen_file>> recordings_below(std::string const& folder);

/// Where the index of @p folder, a real path, lies: a file named by a hash of it in @p place, which is made
/// (0700) if it is not there; by default `tendril` in the user's cache folder. Errors: the errno of mkdir; no
/// HOME.
[[nodiscard]] result<std::string> index_path(std::string const& folder, std::string const& place);

}  // namespace tendril::archive::detail
