#pragma once

/// @file
/// Why a recording cannot be read. Layer: record (base). Design: docs/adr/0002-errors.md.

#include <tendril/base/error.hpp>

#include <type_traits>

#include <boost/system/error_category.hpp>

namespace tendril::record {

/// Reasons of this layer's own; the operating system's come as they are.
enum class errc {
    empty = 1,            ///< there is nothing in it
    not_a_recording,      ///< the beginning is that of no format we know
    unsupported_version,  ///< a version of the format we do not know
    no_size,              ///< the header does not say how large the terminal is
    not_json,             ///< the line is not JSON
    not_an_event,         ///< the line is JSON, but not [time, code, text]
    bad_time,             ///< the time is not a number
    line_too_long,        ///< the line exceeds the reader's limit
    not_begun,            ///< an event was given to a file that has no header yet
    timing_alone,         ///< the timing of a typescript without the typescript
    too_large,            ///< it unpacks to more than is sensible
};

/// The category of errc.
[[nodiscard]] boost::system::error_category const& category() noexcept;

/// An error_code of this layer.
[[nodiscard]] error_code make_error_code(errc reason) noexcept;

}  // namespace tendril::record

template <>
struct boost::system::is_error_code_enum<tendril::record::errc> : std::true_type {};
