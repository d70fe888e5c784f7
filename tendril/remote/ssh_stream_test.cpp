#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/running_processes.hpp>
#include <tendril/remote/testing/ssh_server.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;

TEST_CASE("K04: a megabyte of any bytes comes back as it was sent, with and without a terminal for ssh")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    std::string sent;
    for (unsigned at = 0; sent.size() < 1024 * 1024; ++at)
        sent += static_cast<char>(at * 167 + at / 256);
    for (bool const by_key : {true, false}) {
        CAPTURE(by_key);
        travel there(ssh(by_key ? server.with_key() : server.with_password()), "cat");
        there.write(sent);
        there.run_until([&] { return there.output.size() >= sent.size() || there.failed; });
        CHECK((there.output == sent));
    }
}

bool runs(std::string const& words)
{
    return shown_by_processes("cmdline").contains(words);
}

TEST_CASE("K04: a way that is left ends here, whatever runs there")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    for (bool const by_key : {true, false}) {
        CAPTURE(by_key);
        travel there(ssh(by_key ? server.with_key() : server.with_password()), "echo ready; exec sleep 1000");
        there.await("ready\n");
        auto const here_is = "-p " + std::to_string(server.port());
        CHECK(runs(here_is));

        there.leave();

        CHECK_FALSE(runs(here_is));
    }
}

TEST_CASE("K04: a way that is left ends there, by the end of the far program's input")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto const there_is = "cat - " + server.path("key.pub");
    for (bool const by_key : {true, false}) {
        CAPTURE(by_key);
        travel there(ssh(by_key ? server.with_key() : server.with_password()),
                     "echo ready; exec " + there_is);
        there.await("ready\n");
        CHECK(runs(there_is));

        there.leave();

        there.run_until([&] { return !runs(there_is); });
    }
}

TEST_CASE("K04: twenty ways at once")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto const by_key = ssh(server.with_key());
    auto const by_password = ssh(server.with_password());
    std::vector<std::unique_ptr<travel>> all;
    for (int each = 0; each < 20; ++each)
        all.push_back(std::make_unique<travel>(each % 2 == 0 ? by_key : by_password, "echo welcome; cat"));

    for (auto const& each : all)
        each->await("welcome\n");
}

}  // namespace
