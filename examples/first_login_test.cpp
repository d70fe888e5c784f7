#include <tendril/process/testing/scratch_accounts.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process::testing;

/// ssh to an sshd of ours, which is started for each connection as a super-server would do it.
std::vector<std::string> ssh_to(scratch_accounts const& accounts, std::string const& command)
{
    std::string server;
    for (auto const& word : accounts.within({"/usr/sbin/sshd", "-i", "-f", accounts.path() + "/sshd_config"}))
        server += '\'' + word + "' ";
    return {"ssh",
            "-F",
            "none",
            "-o",
            "ProxyCommand=" + server,
            "-o",
            "UserKnownHostsFile=" + accounts.path() + "/known",
            "-o",
            "GlobalKnownHostsFile=none",
            "-o",
            "PreferredAuthentications=password",
            "scratch@host.invalid",
            command};
}

TEST_CASE("X12: ssh is told that the host is right, if it asks, and then the password")
{
    scratch_accounts const accounts;
    if (!accounts.usable()) {
        MESSAGE("skipped: this needs root and a mount namespace");
        return;
    }
    auto const password = accounts.file("password", "corRect7horse battery\n");
    auto const key = accounts.path() + "/host_key";
    REQUIRE(run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key}).ending.status.success());
    static_cast<void>(accounts.file("sshd_config", "HostKey " + key +
                                                       "\nUsePAM no\nPasswordAuthentication yes\n"
                                                       "PrintMotd no\nPrintLastLog no\nPidFile none\n"));
    auto const pairs = accounts.file("pairs", "scratch:corRect7horse battery\n");
    REQUIRE(run(accounts.within({"sh", "-c", "chpasswd -c SHA512 < " + pairs})).ending.status.success());

    for (int visit = 0; visit < 2; ++visit) {  // the host is new to the first one only
        CAPTURE(visit);
        auto const seen =
            run(joined({TENDRIL_FIRST_LOGIN, password}, ssh_to(accounts, "echo I am $(id -un)")));
        CAPTURE(seen.errors);
        CHECK(seen.ending.status.success());
        CHECK(seen.output.find("I am scratch\r\n") != std::string::npos);
        CHECK(seen.output.find("corRect7horse") == std::string::npos);
    }
}

}  // namespace
