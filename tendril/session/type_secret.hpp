#pragma once

/// @file
/// Types a password so that nobody sees it. Layer: session (base). Spec: termios(3) ECHO; docs/adr/0011.

#include <tendril/base/secret.hpp>
#include <tendril/session/session.hpp>

#include <boost/asio/awaitable.hpp>

namespace tendril::session {

/// Types @p text and Enter once the program has turned echo off; should it not, echo is off for that moment.
///
/// Lifetime: both outlive the operation. Errors: of a terminal that is gone. Cancels: terminal.
[[nodiscard]] asio::awaitable<error_code> type_secret(session* to, base::secret const* text);

}  // namespace tendril::session
