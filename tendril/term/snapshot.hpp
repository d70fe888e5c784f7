#pragma once

/// @file
/// A terminal's full state as bytes, and back. Layer: term (base, vt). Spec: parity T12; the format:
/// docs/layers/term.md, "Snapshots".

#include <tendril/base/error.hpp>
#include <tendril/term/terminal.hpp>

#include <string>
#include <string_view>

namespace tendril::term {

/// Both screens, history, modes, tab stops, charsets, saved cursors, keyboard stacks, titles and their stack,
/// palette, and what has come of an unfinished sequence, in a versioned format with a checksum. Replies and
/// events that wait to be taken are not in it. Not compressed. Cost: linear in what is stored.
[[nodiscard]] std::string to_snapshot(terminal const& of);

/// The terminal that gave @p bytes; it goes on as the original does. Limits are the reader's: what is beyond
/// them is cut as if the program had just written it. Line generations and identities start anew.
///
/// Errors: protocol_not_supported for another version; bad_message for bytes that are damaged, cut or no
/// snapshot. Memory is bounded by a multiple of the bytes, whatever they say.
[[nodiscard]] result<terminal> from_snapshot(std::string_view bytes, terminal_limits const& limits = {});

}  // namespace tendril::term
