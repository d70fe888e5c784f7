#pragma once

/// @file
/// What the verbs for sessions have in common: how a session is named, and that there is none of the name.
/// Layer: apps.

#include <tendril/base/error.hpp>

#include <string>
#include <string_view>

namespace tendril::app {

/// Exit status of verbs that are given the name of a session: there is none of that name.
inline constexpr int exit_no_session = 3;

/// True when connecting failed with @p why because there is no such session (any more).
[[nodiscard]] bool is_gone(error const& why) noexcept;

/// Complains about an attempt to connect to the session @p name. Returns the exit status for it.
int complain_about(std::string_view verb, std::string const& name, error const& why);

}  // namespace tendril::app
