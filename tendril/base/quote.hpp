#pragma once

/// @file
/// Command lines as a POSIX shell reads them. Layer: base. Spec: POSIX.1-2024 XCU 2.2 Quoting.

#include <span>
#include <string>
#include <string_view>

namespace tendril::base {

/// Quotes @p word so that a POSIX shell reads it back as exactly that word; plain words stay as they are.
[[nodiscard]] std::string shell_quote(std::string_view word);

/// Quotes and joins @p words into one command line.
[[nodiscard]] std::string shell_join(std::span<std::string const> words);

/// Shows hostile text on one line: control characters as \xHH, the rest as is.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace tendril::base
