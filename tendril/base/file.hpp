#pragma once

/// @file
/// Whole files, read and replaced. Blocking: for start-up and export, never on an event loop. Layer: base.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tendril::base {

/// Reads all of @p path.
///
/// Errors: the errno of open or read; errc::file_too_large beyond @p limit_bytes.
[[nodiscard]] result<std::string> read_file(std::string const& path, std::size_t limit_bytes);

/// Reads @p fd to its end. Errors: as read_file.
[[nodiscard]] result<std::string> read_to_end(int fd, std::string_view name, std::size_t limit_bytes);

/// Writes all of @p bytes to @p fd, waiting as long as a blocking or full descriptor needs.
[[nodiscard]] result<void> write_all(int fd, byte_view bytes, std::string_view name);

/// Replaces @p path by a file that holds @p content: afterwards the old file or the whole new one is there,
/// never half of it.
///
/// Errors: the errno of the call that failed; the temporary file is gone then.
[[nodiscard]] result<void> replace_file(std::string const& path, std::string_view content);

}  // namespace tendril::base
