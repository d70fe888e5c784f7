#pragma once

/// @file
/// As another user of this machine, through su. Layer: remote (base, io, process, pty). Spec: su(1) of
/// util-linux, shadow and busybox; parity row K06. Design: docs/adr/0041-ssh.md.

#include <tendril/remote/carrier.hpp>
#include <tendril/remote/conversation.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote {

/// Who to become and how.
struct su_options {
    std::string username = "root";
    answers known = {};  ///< the password is that of `username`; the responder is asked for it alone
    std::string su_path = "su";

    /// How its prompts end, blanks aside. What ends otherwise is none: it may be what a shell says at its
    /// start.
    std::vector<std::string> prompts = {"Password:", "password:"};
    /// Beginnings of the lines by which it refuses a password.
    std::vector<std::string> refusals = {"su: Authentication failure", "su: incorrect password", "su: sorry",
                                         "Sorry"};

    /// As ssh_options::on_line; without what su says, which is on its terminal.
    line_handler on_line = {};
};

/// The way to that user: starts `su USER -c LINE` on a terminal, which some versions insist on; the stream
/// and standard error of the line are a socket and a pipe all the same.
///
/// Errors, at once: bad_option, cannot_start. From failure(): password_needed, wrong_password, refused,
/// bad_option
///         (no such user); ended when the far program did.
/// Ownership: as ssh().
[[nodiscard]] way_in su(su_options options);

}  // namespace tendril::remote
