#pragma once

/// @file
/// Signals by name, as kill(1) spells them. Layer: process (base, io). Spec: signal(7), sigabbrev_np(3); row
/// C08.

#include <tendril/base/error.hpp>

#include <string>
#include <string_view>

namespace tendril::process {

/// The number of the signal called @p name: "KILL" or "SIGKILL", "RTMIN", "RTMIN+3", "RTMAX-1".
///
/// Errors: errc::unknown_signal; names are in capitals, and a number is no name.
[[nodiscard]] result<int> signal_number(std::string_view name);

/// The name of signal @p number without "SIG"; "signal N" for a number that has none.
[[nodiscard]] std::string signal_name(int number);

}  // namespace tendril::process
