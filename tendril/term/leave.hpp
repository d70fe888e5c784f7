#pragma once

/// @file
/// How to leave a terminal that has seen a program's output fit for a shell again.
/// Layer: term (base, vt). Spec: xterm ctlseqs; kitty keyboard protocol.

#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::term {

/// The bytes that bring an outer terminal, which was shown everything @p seen was fed, back to sane
/// defaults: primary screen, visible cursor, plain rendition, full scrolling region, no mouse, focus or
/// paste reports, ordinary keys and charsets, replacing text and wrapping lines.
///
/// Empty when there is nothing to undo.
[[nodiscard]] std::string leave_sequence(terminal const& seen);

}  // namespace tendril::term
