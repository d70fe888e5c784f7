#pragma once

/// @file
/// The command line of ssh. Pure. Layer: remote (base, process). Spec: ssh(1), ssh_config(5).

#include <tendril/process/command.hpp>
#include <tendril/remote/ssh.hpp>

#include <expected>
#include <string>

namespace tendril::remote::detail {

/// True when ssh may ask something, so that it needs a terminal.
[[nodiscard]] bool may_be_asked(ssh_options const& options) noexcept;

/// `ssh:web1`, `ssh:root@web1:2222`.
[[nodiscard]] std::string target_of(ssh_options const& options);

/// Program, arguments and environment. Errors: in words, which option cannot be.
[[nodiscard]] std::expected<process::command, std::string> ssh_command(ssh_options const& options,
                                                                       std::string const& shell_line);

/// As ssh_command(), but it prints the configuration that would be used.
[[nodiscard]] std::expected<process::command, std::string> ssh_query(ssh_options const& options);

}  // namespace tendril::remote::detail
