#pragma once

/// @file
/// What control strings are made of: fields, numbers, hexadecimal, base64, text without controls.
/// Layer: term (vt). Spec: none; shared by OSC, DCS and APC.

#include <optional>
#include <string>
#include <string_view>

namespace tendril::term::detail {

/// Cuts @p text at the first @p separator and returns what was before it.
[[nodiscard]] std::string_view next_field(std::string_view& text, char separator = ';');

/// Reads a whole decimal number without a sign other than '-'.
[[nodiscard]] std::optional<int> number_of(std::string_view text);

/// Well-formed UTF-8, without controls, and no longer than the limit: it is cut at a character.
[[nodiscard]] std::string clean(std::string_view text, std::size_t limit_bytes);

/// Two upper-case digits for each byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);

/// The reverse; empty when @p digits is no such text.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view digits);

[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Reads base64 with or without padding; empty when there is anything else in it.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace tendril::term::detail
