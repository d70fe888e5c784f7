#pragma once

/// @file
/// A terminal's whole state for programs to read. Layer: term (boost/json). Spec: docs/layers/term.md,
/// "JSON".

#include <tendril/term/terminal.hpp>

#include <span>
#include <string>

namespace tendril::term {

/// How much of each line is told.
enum class line_detail : std::uint8_t { text, cells };

/// One JSON object: size, cursor, titles, modes, scrollback, screen, and the given replies (base64) and
/// events, which the caller took from the terminal.
[[nodiscard]] std::string to_json(terminal const& of, line_detail detail, std::string_view replies = {},
                                  std::span<event const> events = {});

}  // namespace tendril::term
