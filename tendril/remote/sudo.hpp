#pragma once

/// @file
/// As another user of this machine, through sudo. Layer: remote (base, io, process, pty). Spec: sudo(8),
/// sudoers(5); parity row K05. Design: docs/adr/0041-ssh.md.

#include <tendril/remote/carrier.hpp>
#include <tendril/remote/conversation.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote {

/// Who to become and how.
struct sudo_options {
    std::string username = "root";
    answers known = {};  ///< the password is the one that sudo wants: usually of who we are now
    std::string sudo_path = "sudo";
    bool set_home = false;                         ///< -H
    bool preserve_env = false;                     ///< -E
    std::optional<std::string> selinux_role = {};  ///< -r
    std::optional<std::string> selinux_type = {};  ///< -t

    /// More options as on sudo's command line, understood as sudo does; they overrule those above. Those that
    /// start no program, or ask otherwise than we answer (-A, -S, -p, -b, -s, ...), are a bad_option.
    std::vector<std::string> sudo_args = {};

    /// As ssh_options::on_line.
    line_handler on_line = {};
};

/// The way to that user: starts `sudo ... /bin/sh -c LINE`. It always has a terminal, so `requiretty` is met.
///
/// Errors, at once: bad_option, cannot_start. From failure(): password_needed, wrong_password, refused (not
/// in
///         sudoers, not allowed), bad_option (no such user); ended when the far program did.
/// Ownership: as ssh().
[[nodiscard]] way_in sudo(sudo_options options);

}  // namespace tendril::remote
