#include <tendril/remote/detail/ssh_command.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::detail;

std::vector<std::string> words_of(ssh_options const& options)
{
    auto const made = ssh_command(options, "a line; of words");
    REQUIRE(made.has_value());
    return made->arguments;
}

/// Whether @p expected stand in @p words one after the other.
bool has(std::vector<std::string> const& words, std::vector<std::string> const& expected)
{
    return !std::ranges::search(words, expected).empty();
}

TEST_CASE("K04: each option reaches ssh, and the line is the last word, whatever it begins with")
{
    ssh_options options{.hostname = "web1", .username = "root", .port = 2222};
    auto const plain = words_of(options);
    CHECK(has(plain, {"-l", "root", "-p", "2222", "web1", "--", "a line; of words"}));
    CHECK(plain.back() == "a line; of words");
    CHECK(has(plain, {"-o", "BatchMode=yes"}));
    CHECK(has(plain, {"-o", "StrictHostKeyChecking=yes"}));
    CHECK(has(plain, {"-o", "ServerAliveInterval=30", "-o", "ServerAliveCountMax=3"}));
    for (std::string const none : {"-F", "-i", "Compression=yes", "IdentitiesOnly=yes"})
        CHECK_FALSE(has(plain, {none}));

    options.compression = true;
    options.identities_only = true;
    options.identity_file = "/keys/one";
    options.config_file = "/etc/other";
    options.keepalive_interval = std::chrono::seconds(5);
    options.keepalive_count = 1;
    options.connect_timeout = std::chrono::seconds(7);
    options.extra_arguments = {"-J", "bastion", "-4"};
    options.known.password.emplace("a secret");
    auto const full = words_of(options);
    CHECK(has(full, {"-F", "/etc/other"}));
    CHECK(has(full, {"-i", "/keys/one", "-o", "IdentityAgent=none", "-o", "IdentitiesOnly=yes"}));
    CHECK(has(full, {"-o", "Compression=yes"}));
    CHECK(has(full, {"-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=1"}));
    CHECK(has(full, {"-o", "ConnectTimeout=7"}));
    CHECK(has(full, {"-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1"}));
    CHECK(has(full, {"-J", "bastion", "-4", "web1", "--"}));
    CHECK_FALSE(std::ranges::any_of(full, [](auto const& each) { return each.contains("secret"); }));
}

}  // namespace
