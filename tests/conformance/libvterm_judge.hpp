#pragma once

/// @file
/// Whether libvterm and our terminal show the same. Layer: tests.

#include <tendril/term/terminal.hpp>

#include <string>

#include <tests/conformance/libvterm_emulator.hpp>

namespace tendril::conformance {

/// The first thing in which they differ: characters, colours, attributes, cursor. Empty when they agree.
[[nodiscard]] std::string unlike(libvterm_emulator const& theirs, term::terminal const& ours);

}  // namespace tendril::conformance
