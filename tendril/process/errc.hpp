#pragma once

/// @file
/// What can go wrong with a process that no errno tells. Layer: process (base, io). Spec: waitid(2) ECHILD.

#include <type_traits>

#include <boost/system/error_code.hpp>

namespace tendril::process {

/// The layer's own reasons.
enum class errc {
    status_lost =
        1,  ///< somebody else reaped the child (waitpid(-1), SIGCHLD ignored): it ended, unknown how
    duplicate_descriptor,     ///< a descriptor map names one child descriptor twice
    unknown_signal,           ///< a name that no signal has
    not_connected,            ///< the descriptor has no pipe to us (any more) that goes this way
    wrote_to_stderr,          ///< a program that was expected not to
    too_much_output,          ///< a program wrote more than the caller wants to hold
    descriptor_beyond_limit,  ///< a child descriptor at or above our RLIMIT_NOFILE, which the kernel refuses
    no_program,               ///< the command names no program
    embedded_nul,             ///< a string for the kernel has a NUL byte in it, which would cut it short
    not_a_variable,           ///< an entry of the environment is not NAME=value
    unknown_user,             ///< the user database has no such user
    way_back,                 ///< the user was changed, but the program could have changed back
};

/// The category of `errc`.
[[nodiscard]] boost::system::error_category const& category() noexcept;

[[nodiscard]] inline boost::system::error_code make_error_code(errc reason) noexcept
{
    return {static_cast<int>(reason), category()};
}

}  // namespace tendril::process

template <>
struct boost::system::is_error_code_enum<tendril::process::errc> : std::true_type {};
