#pragma once

/// @file
/// A way to a new context as plain data, so that another context can go it.
/// Layer: remote (base, wire). Design: docs/adr/0046-chains.md; Spec: docs/protocol.md "A context below
/// another"; parity row K15.

#include <tendril/remote/doas.hpp>
#include <tendril/remote/ssh.hpp>
#include <tendril/remote/su.hpp>
#include <tendril/remote/sudo.hpp>
#include <tendril/remote/target.hpp>
#include <tendril/wire/codec.hpp>

#include <string>
#include <tuple>
#include <variant>

namespace tendril::remote {

/// A process of this program, as node::local().
struct local_way {
    static constexpr auto wire_fields = std::tuple();
};

/// A forked one, as node::fork().
struct fork_way {
    static constexpr auto wire_fields = std::tuple();
};

/// How to get there from where the plan is carried out. What is a function in the options (a responder, who
/// hears each line) does not travel: elsewhere the password is all there is to answer with, and lines go to
/// the log.
using way_plan = std::variant<local_way, fork_way, ssh_options, sudo_options, su_options, doas_options>;

/// What @p which says; all else is as the options' defaults are.
[[nodiscard]] way_plan plan_of(hop const& which);

}  // namespace tendril::remote

template <>
struct tendril::wire::fields<tendril::remote::answers> {
    static constexpr auto list = std::tuple(&remote::answers::password);
};

template <>
struct tendril::wire::fields<tendril::remote::ssh_options> {
    using options = remote::ssh_options;
    static constexpr auto list = std::tuple(
        &options::hostname, &options::username, &options::port, &options::ssh_path, &options::check_host_keys,
        &options::known, &options::identity_file, &options::identities_only, &options::compression,
        &options::keepalive_interval, &options::keepalive_count, &options::connect_timeout,
        &options::config_file, &options::extra_arguments);
};

template <>
struct tendril::wire::fields<tendril::remote::sudo_options> {
    using options = remote::sudo_options;
    static constexpr auto list = std::tuple(
        &options::username, &options::known, &options::sudo_path, &options::set_home, &options::preserve_env,
        &options::selinux_role, &options::selinux_type, &options::sudo_args);
};

template <>
struct tendril::wire::fields<tendril::remote::su_options> {
    using options = remote::su_options;
    static constexpr auto list = std::tuple(&options::username, &options::known, &options::su_path,
                                            &options::prompts, &options::refusals);
};

template <>
struct tendril::wire::fields<tendril::remote::doas_options> {
    using options = remote::doas_options;
    static constexpr auto list = std::tuple(&options::username, &options::known, &options::doas_path);
};
