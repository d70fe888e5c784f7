#pragma once

/// @file
/// What a program has chosen or put aside, as the control functions that bring a fresh terminal to it. None
/// of them prints anything. Layer: term. Spec: xterm ctlseqs; VT510 manual; parity T12.

#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/state.hpp>

#include <string>

namespace tendril::term::detail {

/// What must come before anything else: the level (it resets), the tab stops (a line of double size has not
/// all of them), the modes that were saved, the stack of titles. The cursor is moved.
void append_stored_settings(std::string& to, state const& s);

/// The stack of renditions; it leaves the writer's pen somewhere.
void write_stored_renditions(screen_writer& to, state const& s);

/// Titles, colours, keys and choices as they are now.
void append_present_settings(std::string& to, terminal const& of);

/// The modes that are not as a reset leaves them, but for those that move the cursor or change what is
/// printed (margins, origin, insertion, VT52, the alternate screen).
void append_present_modes(std::string& to, state const& s);

}  // namespace tendril::term::detail
