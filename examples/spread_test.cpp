#include <tendril/remote/testing/ssh_server.hpp>

#include <algorithm>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote::testing;
using tendril::process::testing::run;

/// How often @p part occurs in @p text.
std::ptrdiff_t count_of(std::string_view part, std::string_view text)
{
    std::ptrdiff_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

void check_words(std::string const& output)
{
    CAPTURE(output);
    CHECK(output.contains("the root of 2 is 1.414\n"));
    CHECK(output.contains("std::domain_error: there is no real root of -2.000000; root_of() in context 1\n"));
    CHECK(output.contains("25 primes below 100, 1060 in all\n"));
    CHECK(output.contains("after a failure: it did not run\n"));
    CHECK(output.ends_with("cancelled\n"));
}

TEST_CASE("R08: one program calls itself in a started and in a forked context")
{
    auto const seen = run({TENDRIL_SPREAD});

    CHECK(seen.ending.status.success());
    CHECK(seen.errors.empty());
    CHECK(count_of(" as context ", seen.output) == 2);
    check_words(seen.output);
}

#ifndef TENDRIL_SANITIZED  // a program with a sanitizer is not static, and cannot travel
TEST_CASE("R08: one program calls itself on a host behind ssh, too, to which it brought itself")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto const known = server.with_key();
    auto const config = accounts.file(
        "example_config", "Host web1\n  HostName 127.0.0.1\n  Port " + std::to_string(server.port()) +
                              "\n  User scratch\n  IdentitiesOnly yes\n  IdentityFile " +
                              *known.identity_file + "\n  UserKnownHostsFile " + server.known_hosts() + "\n");

    auto const seen = run({TENDRIL_SPREAD, "-F", config, "web1"});

    CHECK(seen.ending.status.success());
    CHECK(seen.errors.empty());
    CHECK(count_of(" as context ", seen.output) == 3);
    check_words(seen.output);
}
#endif

}  // namespace
