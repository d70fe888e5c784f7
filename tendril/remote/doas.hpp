#pragma once

/// @file
/// As another user of this machine, through doas. Layer: remote (base, io, process, pty). Spec: doas(1) of
/// OpenBSD and opendoas; parity row K07. Design: docs/adr/0041-ssh.md.

#include <tendril/remote/carrier.hpp>
#include <tendril/remote/conversation.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace tendril::remote {

/// Who to become and how.
struct doas_options {
    std::string username = "root";
    answers known = {};  ///< the password is that of who we are now
    std::string doas_path = "doas";

    /// As ssh_options::on_line.
    line_handler on_line = {};
};

/// The way to that user: starts `doas -u USER -- /bin/sh -c LINE`.
///
/// Errors, at once: bad_option, cannot_start. From failure(): password_needed, wrong_password, refused (by
///         doas.conf), bad_option (no such user); ended when the far program did.
/// Ownership: as ssh().
[[nodiscard]] way_in doas(doas_options options);

}  // namespace tendril::remote
