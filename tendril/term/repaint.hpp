#pragma once

/// @file
/// A terminal's state as VT bytes that bring another terminal to it.
/// Layer: term (base, vt). Spec: parity T06 (full repaint); xterm ctlseqs.

#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::term {

/// The bytes after which a terminal of the same size, fresh or not, shows what @p of shows: cells, cursor,
/// rendition, margins, modes, titles, and the keyboard flags of the shown screen.
///
/// The history, the screen that is not shown, tab stops and saved cursors are not in it.
[[nodiscard]] std::string repaint_sequence(terminal const& of);

}  // namespace tendril::term
