#pragma once

/// @file
/// Why bytes of a peer cannot be understood. Layer: wire (base). Design: docs/adr/0002-errors.md.

#include <tendril/base/error.hpp>

#include <type_traits>

#include <boost/system/error_category.hpp>

namespace tendril::wire {

/// Reasons of this layer's own.
enum class errc {
    not_a_frame = 1,    ///< no frame begins here: the stream is corrupt or speaks something else
    frame_too_large,    ///< a frame says that it carries more than any may
    message_too_large,  ///< a message says that it is larger than this side takes
    not_a_part,         ///< the part of a message does not continue what came before
    too_many_messages,  ///< one source has too many messages under way, or too much in them
    truncated,          ///< the value goes on behind the end
    wrong_type,         ///< another type than the one asked for
    out_of_range,       ///< the right type, but the number does not fit
    too_deep,           ///< values within values beyond the limit
    trailing_bytes,     ///< something follows the value
    not_a_value,        ///< a byte that begins no value
};

/// The category of errc.
[[nodiscard]] boost::system::error_category const& category() noexcept;

/// An error_code of this layer.
[[nodiscard]] error_code make_error_code(errc reason) noexcept;

}  // namespace tendril::wire

template <>
struct boost::system::is_error_code_enum<tendril::wire::errc> : std::true_type {};
