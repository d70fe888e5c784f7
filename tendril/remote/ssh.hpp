#pragma once

/// @file
/// Through the system's OpenSSH. Layer: remote (base, io, process, pty). Spec: ssh(1), ssh_config(5); parity
/// row K04. Design: docs/adr/0041-ssh.md.
///
/// Needs OpenSSH 7.6 here; anything that speaks SSH there. The user's configuration counts, as far as no
/// option below says otherwise.

#include <tendril/remote/carrier.hpp>
#include <tendril/remote/conversation.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote {

/// What to do about the key that a host shows.
enum class host_key_check {
    ignore,   ///< any key will do, and none is remembered
    accept,   ///< an unknown one is remembered, a changed one is an error
    enforce,  ///< an unknown one is an error, and a changed one
};

/// Where to and how.
struct ssh_options {
    std::string hostname = {};  ///< a name, an address, or an alias of the configuration
    std::optional<std::string> username = {};
    std::optional<std::uint16_t> port = {};
    std::string ssh_path = "ssh";
    host_key_check check_host_keys = host_key_check::enforce;

    /// The password is for that host and user alone, and one line of at most 1000 bytes. What else is asked,
    /// by a jump host for example, goes to the responder.
    answers known = {};

    /// The key to use: then neither the agent nor the default keys are.
    std::optional<std::string> identity_file = {};
    bool identities_only = false;  ///< of the agent's keys those that the configuration names
    bool compression = false;      ///< false: as configured, and OpenSSH's own default is without

    std::chrono::seconds keepalive_interval{
        30};                                   ///< of silence, before the host is asked for a sign; 0: never
    int keepalive_count = 3;                   ///< signs that may be missing before the host counts as gone
    std::chrono::seconds connect_timeout{30};  ///< until keys are exchanged; who logs in has their own time

    std::optional<std::string> config_file = {};    ///< instead of the user's and the system's
    std::vector<std::string> extra_arguments = {};  ///< for ssh, before the host; ours go before and win

    /// Gets each line of standard error as it comes, ssh's own and the far program's: without its end, at
    /// most 4 KiB, and otherwise as it was said. May destroy the carrier.
    line_handler on_line = {};
};

/// The way to that host: starts `ssh HOST LINE`.
///
/// Errors, at once: bad_option, cannot_start. From failure(): unreachable, timed_out, dropped, refused,
///         password_needed, wrong_password, unknown_host_key, changed_host_key, not_understood, bad_option;
///         ended when the far program did, or its host, or ssh for another reason.
/// Ownership: the destructor of the carrier ends ssh, and with it the connection. sshd signals nobody then:
///         the far program sees the end of its input.
[[nodiscard]] way_in ssh(ssh_options options);

}  // namespace tendril::remote
