#pragma once

/// @file
/// What a fresh terminal is like when nobody's settings are there to be copied. Layer: session (base, pty).

#include <tendril/base/error.hpp>

#include <termios.h>

namespace tendril::session::detail {

/// What the kernel gives, with UTF-8 input on, so that erasing removes characters and not bytes.
/// Errors: as pty::open().
[[nodiscard]] result<::termios> usual_attributes();

}  // namespace tendril::session::detail
