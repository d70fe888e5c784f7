#pragma once

/// @file
/// The user `scratch` of a copy of /etc, and programs run by it that become somebody else.
/// Layer: remote (base, process); for tests.

#include <tendril/base/quote.hpp>
#include <tendril/process/testing/scratch_accounts.hpp>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

namespace tendril::remote::testing {

inline constexpr char const* scratch_password = "corRect7horse battery";
inline constexpr char const* root_password = "tr0ub4dor and three";

/// The accounts that all tests of a program share, one after the other: copying /etc takes its time.
inline process::testing::scratch_accounts const& shared_accounts()
{
    static process::testing::scratch_accounts const accounts;
    return accounts;
}

/// Says that a test needs what is not here.
inline bool lacks(process::testing::scratch_accounts const& accounts)
{
    if (!accounts.usable())
        MESSAGE("skipped: this needs root and a mount namespace");
    return !accounts.usable();
}

/// A program that runs @p program as `scratch`, whose password, like root's, is the one above.
inline std::string as_scratch(process::testing::scratch_accounts const& accounts, std::string const& program)
{
    auto const pairs =
        accounts.file("pairs", std::string("scratch:") + scratch_password + "\nroot:" + root_password + "\n");
    auto const set = process::testing::run(accounts.within({"sh", "-c", "chpasswd -c SHA512 < " + pairs}));
    REQUIRE(set.ending.status.success());
    std::filesystem::permissions(accounts.path(), std::filesystem::perms(0755));
    auto const words = accounts.within(
        {"setpriv", "--reuid", "scratch", "--regid", "scratch", "--init-groups", "--", program});
    auto const script =
        accounts.file("as-scratch-" + program, "#!/bin/sh\nexec " + base::shell_join(words) + " \"$@\"\n");
    std::filesystem::permissions(script, std::filesystem::perms(0755));
    return script;
}

}  // namespace tendril::remote::testing
