#pragma once

/// @file
/// Why a context could not be reached. Layer: remote (base). Design: docs/adr/0002-errors.md; parity rows K01
/// to K17.

#include <string>
#include <string_view>
#include <tuple>

namespace tendril::remote {

/// What went wrong, as far as a caller can act on it.
enum class connect_failure {
    cannot_start,        ///< the program that leads there (ssh, sudo, a shell) could not be started here
    bad_option,          ///< an option that this way in does not have, or not with that value
    ended,               ///< that program ended before the far end spoke
    timed_out,           ///< nothing was heard within the time allowed
    unreachable,         ///< no such host, no network, connection refused
    dropped,             ///< the host hung up before anybody logged in; it may be busy: worth another try
    password_needed,     ///< it asks for a password and none was given
    wrong_password,      ///< the password was refused
    refused,             ///< the far end does not let us in, whatever we answer
    unknown_host_key,    ///< nobody knows the key of that host
    changed_host_key,    ///< the host shows another key than the known one
    wrong_architecture,  ///< there is no program for the far machine
    nowhere_to_run,      ///< no place there is both writable and executable
    no_space,            ///< the far end's places are full
    damaged,             ///< what arrived there is not what was sent
    not_understood,      ///< the far end speaks something else
};

/// A failure with all that is known about it.
struct connect_error {
    connect_failure what = connect_failure::ended;
    std::string target;       ///< whom we tried to reach: `ssh:web1`
    std::string words;        ///< what was tried and the system's or the peer's reason, one line
    std::string last_output;  ///< the last lines that the way in said; without passwords; may be empty

    static constexpr auto wire_fields = std::tuple(&connect_error::what, &connect_error::target,
                                                   &connect_error::words, &connect_error::last_output);

    /// `ssh:web1: the password was refused: Permission denied`, then the last lines.
    [[nodiscard]] std::string message() const;
};

/// What @p what means, without the case at hand: `the password was refused`.
[[nodiscard]] std::string_view meaning(connect_failure what) noexcept;

}  // namespace tendril::remote
