#include <tendril/remote/doas.hpp>
#include <tendril/remote/testing/scratch_user.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;
using tendril::process::testing::scratch_accounts;

/// doas as `scratch` calls it, with this doas.conf.
doas_options by_rules(scratch_accounts const& accounts, std::string const& rules,
                      std::optional<std::string_view> password = scratch_password)
{
    auto const place = accounts.path() + "/etc/doas.conf";
    std::ofstream(place) << rules << '\n';
    std::filesystem::permissions(place, std::filesystem::perms(0600));
    doas_options made;
    made.doas_path = as_scratch(accounts, "doas");
    if (password)
        made.known.password.emplace(*password);
    return made;
}

TEST_CASE("K07: a password makes us another user")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    travel there(doas(by_rules(accounts, "permit scratch")), "echo I am $(id -un); cat");

    there.await("I am root\n");

    there.write("still here\n");
    there.await("still here\n");
    CHECK_FALSE(there.failed);
    CHECK(there.way().description() == "doas:root");
}

TEST_CASE("K07: each refusal has its cause")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto const failure_of = [](doas_options options) {
        travel there(doas(std::move(options)), "true");
        return there.failure().what;
    };

    CHECK(failure_of(by_rules(accounts, "permit scratch", "guess")) == connect_failure::wrong_password);
    CHECK(failure_of(by_rules(accounts, "permit scratch", std::nullopt)) == connect_failure::password_needed);
    CHECK(failure_of(by_rules(accounts, "permit root")) == connect_failure::refused);
    CHECK(failure_of(by_rules(accounts, "permit nopass scratch")) == connect_failure::ended);
    auto options = by_rules(accounts, "permit scratch");
    options.username = "nosuchuser";
    CHECK(failure_of(std::move(options)) == connect_failure::bad_option);
    CHECK(refusal_of(doas({.doas_path = "/nowhere/doas"})).what == connect_failure::cannot_start);
}

}  // namespace
