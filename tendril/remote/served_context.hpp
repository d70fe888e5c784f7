#pragma once

/// @file
/// A process that was started to be a context: from its first byte to its end.
/// Layer: remote (base, wire, io, rpc). Spec: docs/protocol.md "A new context"; parity rows R01, R02, R18,
/// R20.

namespace tendril::remote {

/// Serves as a context on standard input and output until the one above ends it or is lost. Functions that
/// may block run on this thread, one after the other; the loop gets a thread of its own when the first of
/// them is called.
///
/// What the program and its children write to standard output goes to standard error from then on, and
/// standard input is empty. Returns the exit status: 0 after a shutdown. Errors: said on standard error.
[[nodiscard]] int serve_as_context();

}  // namespace tendril::remote
