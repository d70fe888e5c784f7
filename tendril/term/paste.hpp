#pragma once

/// @file
/// What a paste and a change of focus send in the modes that a program has set.
/// Layer: term. Spec: xterm ctlseqs, modes 2004 and 1004.

#include <tendril/term/terminal.hpp>

#include <string>
#include <string_view>

namespace tendril::term {

/// The bytes of a paste of @p text. Line ends become CR, as if typed; with mode 2004 it stands in brackets.
///
/// Control characters other than TAB and line ends are left out, the closing bracket of mode 2004 whole: a
/// paste must not end its own brackets, and no program should be driven by one.
[[nodiscard]] std::string paste_bytes(terminal const& to, std::string_view text);

enum class focus : std::uint8_t { gained, lost };

/// The bytes of a change of focus; empty unless the program asked for them.
[[nodiscard]] std::string focus_bytes(terminal const& to, focus now);

}  // namespace tendril::term
