#pragma once

/// @file
/// Which user a program runs as: its ids and supplementary groups, looked up before anything starts.
/// Layer: process (base, io). Spec: credentials(7), getgrouplist(3), initgroups(3); row C15.

#include <tendril/base/error.hpp>

#include <string>
#include <vector>

#include <sys/types.h>

namespace tendril::process {

/// A user, its group and exactly its supplementary groups: none of ours stay.
struct identity {
    uid_t user = 0;
    gid_t group = 0;
    std::vector<gid_t> supplementary_groups = {};

    bool operator==(identity const&) const = default;
};

/// The identity that a login as @p name has: its own group and every group it is a member of.
///
/// Errors: errc::unknown_user when the user database has no such name; otherwise what the database said.
/// Cost:   asks the name service (files, or a directory over the network): may block.
[[nodiscard]] result<identity> identity_of(std::string const& name);

/// As above, for the user whose id is @p user.
[[nodiscard]] result<identity> identity_of(uid_t user);

}  // namespace tendril::process
