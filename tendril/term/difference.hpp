#pragma once

/// @file
/// The bytes that take a client from what it shows to what a terminal shows now.
/// Layer: term (base, vt). Spec: parity T06; xterm ctlseqs. Design: docs/layers/term.md, "Differences".

#include <tendril/term/frame.hpp>
#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::term {

/// What the client's terminal can do beyond the VT220's functions, colours and UTF-8.
struct client_abilities {
    bool repeats = true;        ///< REP; the Linux console and GNU screen lack it
    bool synchronizes = false;  ///< mode 2026: an update is bracketed, so that nobody sees half of it
};

/// Brings the client's terminal, which shows what @p client says and has the size of @p now, up to date, and
/// @p client with it. Cells, wrapped lines, cursor, titles, palette and those modes that decide what the
/// client sends are carried over; margins, tab stops, charsets and the pen stay the client's own: it has the
/// whole screen for a region and wraps lines.
///
/// Empty when nothing changed. A slow client loses nothing: it gets one difference for all that happened.
/// What no text can bring about is left out: that the last line goes on, and a pending wrap at a side margin.
/// Cost: what changed since the client's last difference; comparing two numbers when nothing did.
[[nodiscard]] std::string difference(frame& client, terminal const& now, client_abilities const& can = {});

}  // namespace tendril::term
