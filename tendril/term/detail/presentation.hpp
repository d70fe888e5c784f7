#pragma once

/// @file
/// The cursor's state as DECCIR reports it and DECRSPS takes it. Layer: term. Spec: VT510 manual, DECCIR.

#include <tendril/term/detail/state.hpp>

#include <string>

namespace tendril::term::detail {

/// The body of a cursor information report on @p at.
[[nodiscard]] std::string cursor_report(position const& at, bool origin);

}  // namespace tendril::term::detail
