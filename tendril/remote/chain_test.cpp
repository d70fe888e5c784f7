// Contexts by name, each hop made from the one before: testing/chain_verbs.cpp is the program.

#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/remote/testing/context_run.hpp>
#include <tendril/remote/testing/scratch_user.hpp>
#include <tendril/remote/testing/ssh_server.hpp>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::remote::testing;
using lines = std::vector<std::string>;

TEST_CASE("K15: a name makes each context from the one before, and what is there already is used")
{
    context_run program({"open-each", "local:a/local:b", "local:a", "local:a/fork/local", "local:a/local:b"});

    CHECK(program.status() == 0);
    CHECK(program.lines() == lines{"local:a/local:b: user 0, below 1 0", "local:a: user 0, below 0",
                                   "local:a/fork/local: user 0, below 1002 1 0",
                                   "local:a/local:b: user 0, below 1 0"});
}

TEST_CASE("K15: those who ask at the same time share what they have in common")
{
    context_run program(
        {"open-all", "local:a/local:b", "local:a/local:c", "local:a/local:b/local", "local:a"});

    CHECK(program.status() == 0);
    auto const said = program.lines();
    REQUIRE(said.size() == 4);
    CHECK(said[0] == "local:a/local:b: user 0, below 1 0");
    CHECK(said[1] == "local:a/local:c: user 0, below 1 0");
    CHECK(said[2].ends_with(" 1 0"));
    CHECK(said[3] == "local:a: user 0, below 0");
}

TEST_CASE("K15: a name that cannot be read, and a hop that cannot be gone, are told with their place")
{
    context_run program({"open-each", "local/lokal", "local/sudo:root/local", "local"},
                        {"CHAIN_SUDO=/no/such/sudo"});

    CHECK(program.status() == 0);
    auto const said = program.lines();
    REQUIRE(said.size() == 3);
    CHECK(said[0].starts_with(
        "local/lokal: an option cannot be used: local/lokal: character 7: there is no way"));
    CHECK(said[1].starts_with(
        "local/sudo:root/local: local/sudo:root: the program that leads there cannot be started"));
    CHECK(said[2] == "local: user 0, below 0");
}

TEST_CASE("K15: a context is ended through the one that made it, which stays")
{
    context_run program({"end-last", "local:a/local:b"});

    CHECK(program.status() == 0);
    auto const said = program.lines();
    REQUIRE(said.size() == 3);
    CHECK(said[0] == "introduced");
    CHECK(said[1].contains("it did not end when it was asked to"));
    CHECK(said[2] == "before: user 0, below 0");
}

TEST_CASE(
    "K15: when a context on the way is killed, who waits hears why, and the next one who asks gets a new one")
{
#ifndef TENDRIL_SANITIZED  // nothing is sent there that is not static, so sudo would not be started
    SUBCASE("while the next hop is made")
    {
        base::testing::scratch_folder const place;
        auto const sign = place / "sign";
        REQUIRE(::mkfifo(sign.c_str(), 0600) == 0);
        auto const sudo = place / "sudo";
        std::ofstream(sudo) << "#!/bin/sh\necho here >" << sign << "\nexec sleep 1000\n";
        std::filesystem::permissions(sudo, std::filesystem::perms(0755));
        context_run program({"kill-before", "local:a/sudo:root", sign}, {"CHAIN_SUDO=" + sudo});

        CHECK(program.status() == 0);
        auto const said = program.lines();
        REQUIRE(said.size() == 2);
        CHECK(said[0].starts_with("the link to context 1 was lost: "));
        CHECK(said[1] ==
              "local:a/sudo:root: local:a/sudo:root: the way there ended before the far end spoke: the "
              "context before it was lost: " +
                  said[0]);
    }
#endif
    SUBCASE("after it")
    {
        context_run program({"kill-before", "local:a/local:b"});

        CHECK(program.status() == 0);
        auto const said = program.lines();
        REQUIRE(said.size() == 3);
        CHECK(said[0] == "local:a/local:b: user 0, below 1 0");
        CHECK(said[2] == "local:a/local:b: user 0, below 2 0");
    }
}

#ifndef TENDRIL_SANITIZED  // a program with a sanitizer is not static, and cannot travel
TEST_CASE("K15: a host, and another user on it, behind one connection")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server server(accounts);
    std::ofstream(accounts.path() + "/etc/sudoers")
        << "Defaults timestamp_timeout=0\nscratch ALL=(ALL) ALL\n";
    auto const host = "ssh:scratch@127.0.0.1:" + std::to_string(server.port());
    std::vector<std::string> const settings = {
        "CHAIN_SSH_CONFIG=" + server.path("config"), "CHAIN_SSH_KEY=" + server.path("key"),
        "CHAIN_PASSWORD_FILE=" + accounts.file("word", scratch_password)};

    context_run program({"open-all", host + "/sudo:root", host + "/local", host + "/sudo:root/su:scratch"},
                        settings);

    CHECK(program.status() == 0);
    auto const said = program.lines();
    REQUIRE(said.size() == 3);
    CHECK(said[0] == host + "/sudo:root: user 0, below 1 0");
    CHECK(said[1].ends_with(", below 1 0"));
    CHECK_FALSE(said[1].contains("user 0"));
    auto const log = server.log();
    auto const first = log.find("Accepted publickey");
    CHECK(first != std::string::npos);
    CHECK(log.find("Accepted publickey", first + 1) == std::string::npos);
    auto const user = said[1].substr(said[1].find(": user "), 10);
    CHECK(said[2].contains("/su:scratch" + user));
    CHECK_FALSE(program.errors().contains(scratch_password));
}

TEST_CASE("K15: a password that is refused behind a host is told with the way")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server server(accounts);
    std::ofstream(accounts.path() + "/etc/sudoers")
        << "Defaults timestamp_timeout=0\nscratch ALL=(ALL) ALL\n";
    auto const host = "ssh:scratch@127.0.0.1:" + std::to_string(server.port());

    context_run program({"open-each", host + "/sudo:root/local"},
                        {"CHAIN_SSH_CONFIG=" + server.path("config"), "CHAIN_SSH_KEY=" + server.path("key"),
                         "CHAIN_PASSWORD_FILE=" + accounts.file("word", "guess-it"),
                         "TENDRIL_LOG_LEVEL=trace"});

    CHECK(program.status() == 0);
    CHECK(program.output().starts_with(host + "/sudo:root/local: " + host +
                                       "/sudo:root: the password was refused: "));
    CHECK_FALSE(program.errors().contains("guess-it"));
}
#endif

}  // namespace
