#include <tendril/process/testing/scratch_accounts.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process::testing;

TEST_CASE("X12: passwd is told a new password, twice, and nobody sees it")
{
    scratch_accounts const accounts;
    if (!accounts.usable()) {
        MESSAGE("skipped: this needs root and a mount namespace");
        return;
    }
    auto const before = accounts.shadow_line();
    auto const password = accounts.file("password", "corRect7horse battery\n");

    auto const seen =
        run(joined({TENDRIL_CHANGE_PASSWORD, password}, accounts.within({"passwd", "scratch"})));

    CAPTURE(seen.errors);
    CHECK(seen.ending.status.success());
    CHECK(seen.output == "passwd: password updated successfully\n");
    CHECK(before.starts_with("scratch:!"));
    CHECK(accounts.shadow_line().starts_with("scratch:$"));
}

TEST_CASE("X12: a command that never asks for a password is an error that says so")
{
    scratch_accounts const accounts;
    if (!accounts.usable()) {
        MESSAGE("skipped: this needs root and a mount namespace");
        return;
    }
    auto const seen = run({TENDRIL_CHANGE_PASSWORD, accounts.file("password", "x\n"), "true"});

    CHECK_FALSE(seen.ending.status.success());
    CHECK(seen.errors.find("find '^(New|Retype new) password:' in the output") != std::string::npos);
}

}  // namespace
