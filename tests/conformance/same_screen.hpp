#pragma once

/// @file
/// Whether a client shows what a difference promises. Layer: tests.

#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::conformance {

/// The first thing in which @p client differs from @p now: cells by what they mean, lines' size and wrap,
/// cursor, screen. Empty when it shows the same. The last line's wrap and a pending wrap at a side margin are
/// not promised.
[[nodiscard]] std::string unlike(term::terminal const& client, term::terminal const& now);

/// The same for the lines above the screen, as far as they are within its width.
[[nodiscard]] std::string unlike_history(term::terminal const& one, term::terminal const& other);

}  // namespace tendril::conformance
