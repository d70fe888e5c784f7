#pragma once

/// @file
/// The words that script(1) writes around a recording. Layer: record (base). Spec: util-linux 2.38 script(1).

#include <tendril/record/recording.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::record::detail {

inline constexpr std::string_view script_started = "Script started on ";
inline constexpr std::string_view script_done = "\nScript done on ";

/// Reads "2026-11-21 13:00:11+00:00"; none for anything else, and for the beginning of the epoch, which
/// stands for an unknown date.
[[nodiscard]] std::optional<std::chrono::sys_time<moment>> parse_script_date(std::string_view text) noexcept;

/// The date as script writes it, in UTC.
[[nodiscard]] std::string script_date(std::chrono::sys_time<moment> when);

/// Reads the first line of a typescript, without its end of line, into @p into.
void read_script_line(std::string_view line, header& into);

/// Reads one KEY and value of a header entry of a timing file; what is not about the terminal is passed over.
void read_script_member(std::string_view key, std::string_view value, header& into);

/// What follows @p key and `="` in @p text, up to its end; none when it is not there.
[[nodiscard]] std::optional<std::string_view> script_value(std::string_view text,
                                                           std::string_view key) noexcept;

}  // namespace tendril::record::detail
