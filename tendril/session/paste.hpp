#pragma once

/// @file
/// Text pasted into a program. Layer: session (term). Spec: xterm ctlseqs, mode 2004; parity row X13.

#include <tendril/base/error.hpp>
#include <tendril/session/session.hpp>
#include <tendril/term/terminal.hpp>

#include <string_view>

namespace tendril::session {

/// Types @p text as a terminal types what is pasted, see term::paste_bytes(): in brackets where the program
/// asks for them, without control characters. @p shown is the session's emulator. All or nothing.
/// Errors: as session::write().
[[nodiscard]] error_code paste(session& into, term::terminal const& shown, std::string_view text);

}  // namespace tendril::session
