#pragma once

/// @file
/// Where records of all contexts are written. Layer: remote (base, rpc). Parity row R18.

#include <tendril/base/error.hpp>
#include <tendril/rpc/log.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tendril {

/// Writes each record as a line at the end of the file @p path, which only its owner may read when it is new:
/// `2026-11-22T03:59:12.123Z [context 1] notice output: ...`. Each line is written at once.
/// Errors: the errno of open(2). Threads: the sink may be called from any, one at a time.
[[nodiscard]] result<rpc::log_sink> log_to_file(std::string const& path);

/// The same for standard error, without the time.
[[nodiscard]] rpc::log_sink log_to_standard_error();

/// The level of that name: trace, debug, notice, warning, error. Errors: none for another word.
[[nodiscard]] std::optional<rpc::log_level> log_level_of(std::string_view name) noexcept;

}  // namespace tendril
