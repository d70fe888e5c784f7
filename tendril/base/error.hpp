#pragma once

/// @file
/// How a synchronous call that can fail says so: what was tried, on what, and the reason.
/// Layer: base. Design: docs/adr/0002-errors.md.

#include <expected>
#include <string>

#include <boost/system/error_code.hpp>

namespace tendril {

using boost::system::error_code;

/// A failed attempt, told so that a person can act on it.
struct error {
    error_code code;      ///< the OS's or a layer's reason; compare against conditions
    std::string attempt;  ///< what was tried and on what, as a verb phrase: "open notes.cast"

    /// One line: "cannot ATTEMPT: REASON".
    [[nodiscard]] std::string message() const;
};

/// A value, or why there is none. libstdc++ 12 has no and_then()/transform() yet: test and return.
template <typename T>
using result = std::expected<T, error>;

/// The calling thread's errno as an error_code. Call it before anything that may change errno.
[[nodiscard]] error_code last_os_error() noexcept;

/// An unexpected `error` made of errno and @p attempt, ready to be returned.
[[nodiscard]] std::unexpected<error> os_failure(std::string attempt);

/// An unexpected `error` made of @p code and @p attempt, ready to be returned.
[[nodiscard]] std::unexpected<error> failure(error_code code, std::string attempt);

}  // namespace tendril
