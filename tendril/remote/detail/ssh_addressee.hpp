#pragma once

/// @file
/// Whether a prompt is that of the host we mean, or of a jump host on the way, which must not learn the
/// password. Layer: remote (base, io, process). Spec: ssh(1) -G.

#include <tendril/io/executor.hpp>
#include <tendril/remote/ssh.hpp>

#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote::detail {

/// The `user@host` that a prompt of ssh names; empty if it names none, as a host's own ones before
/// OpenSSH 8.4.
[[nodiscard]] std::string_view login_in(std::string_view prompt) noexcept;

/// Completes with true if @p prompt comes from the host of @p options. Asks ssh what its configuration makes
/// of the host's name, if that is not plain.
[[nodiscard]] asio::awaitable<bool> is_from_target(std::shared_ptr<ssh_options const> options,
                                                   std::string prompt);

}  // namespace tendril::remote::detail
