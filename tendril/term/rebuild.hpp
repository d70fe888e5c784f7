#pragma once

/// @file
/// A terminal's full state as VT bytes: what a snapshot holds, in a form that every terminal reads.
/// Layer: term (base, vt). Spec: parity T12; xterm ctlseqs; VT510 manual (DECRSPS, DECUDK).

#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::term {

/// The bytes after which a fresh terminal of the same size is in the state of @p of: history, both screens,
/// cursor, pen, margins, modes, tab stops, charsets, titles, palette, what the program put aside of each, the
/// keyboard, and what has come of an unfinished sequence. A terminal that lacks a function shows the same
/// screen still.
///
/// VT has no words for some of it, which stays as in a fresh terminal: how many lines were lost from the
/// history, history beyond the client's own limit, lines of it that are wider than the screen; that the last
/// line goes on; a pending wrap in the first column; what a mark that comes next would join and REP repeat;
/// images and notifications that have come in part, the clipboard, the place of the window; DECCOLM on a
/// terminal that is not 132 columns wide, and modes of the alternate screen that were saved with XTSAVE.
/// Cost: linear in what is stored.
[[nodiscard]] std::string rebuild_sequence(terminal const& of);

}  // namespace tendril::term
