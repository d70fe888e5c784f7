#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/ssh_server.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;

constexpr char const* keys_alone = "PasswordAuthentication no\nKbdInteractiveAuthentication no\n";

TEST_CASE("K04: a key opens the way, and a line runs at the far end")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    travel there(ssh(server.with_key()), "echo I am $(id -un); cat");

    there.await("I am scratch\n");

    CHECK(there.way().description() == "ssh:scratch@127.0.0.1:" + std::to_string(server.port()));
    CHECK_FALSE(there.failed);
}

TEST_CASE("K04: a password opens the way")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    travel there(ssh(server.with_password()), "echo I am $(id -un)");

    there.await("I am scratch\n");
    CHECK(there.failure().what == connect_failure::ended);
    CHECK(there.failure().words == "ssh exited with code 0");
    CHECK(there.output == "I am scratch\n");
}

TEST_CASE("K04: a wrong password is given once and is an error that says so")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server server(accounts);
    travel there(ssh(server.with_password("guess")), "true");

    auto const why = there.failure();

    CHECK(why.what == connect_failure::wrong_password);
    auto const log = server.log();
    auto const first = log.find("Failed password");
    CHECK(first != std::string::npos);
    CHECK(log.find("Failed password", first + 1) == std::string::npos);
}

TEST_CASE("K04: a host that wants a password gets none when none is known, and the error says so")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    travel there(ssh(server.without_key()), "true");

    CHECK(there.failure().what == connect_failure::password_needed);
}

TEST_CASE("K04: a host that takes keys alone refuses who has none, and no password is to blame")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts, keys_alone);

    travel with_nothing(ssh(server.without_key()), "true");
    CHECK(with_nothing.failure().what == connect_failure::refused);
    travel with_password(ssh(server.with_password()), "true");
    CHECK(with_password.failure().what == connect_failure::refused);
    CHECK(with_password.failure().words.contains("Permission denied (publickey)"));
}

/// An agent with a key of its own, to which SSH_AUTH_SOCK leads while it lives.
class key_agent {
public:
    explicit key_agent(std::string const& folder, std::string const& key)
    {
        auto const place = folder + "/agent";
        auto ready = tendril::process::testing::make_pipe();
        auto what = tendril::process::command_of(std::vector<std::string>{"ssh-agent", "-D", "-a", place});
        what.descriptors = {{1, ready.writer.get()}};
        auto started = tendril::process::launch(loop_.get_executor(), what);
        REQUIRE(started.has_value());
        program_.emplace(std::move(*started));
        ready.writer.reset();
        char first = 0;
        REQUIRE(::read(ready.reader.get(), &first, 1) == 1);  // it listens before it says where
        ::setenv("SSH_AUTH_SOCK", place.c_str(), 1);
        must_run({"ssh-add", "-q", key});
    }
    ~key_agent() { ::unsetenv("SSH_AUTH_SOCK"); }
    key_agent(key_agent const&) = delete;
    key_agent& operator=(key_agent const&) = delete;

private:
    tendril::asio::io_context loop_;
    std::optional<tendril::process::child> program_;
};

TEST_CASE("K04: with an identity file the keys of the agent are not used")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts, keys_alone);
    server.make_key("other");
    key_agent const agent(accounts.path(), server.path("key"));

    auto options = server.without_key();
    {
        travel by_agent(ssh(std::move(options)), "echo welcome");
        by_agent.await("welcome");
    }
    options = server.with_key();
    options.identity_file = server.path("other");
    travel by_file(ssh(std::move(options)), "echo welcome");
    CHECK(by_file.failure().what == connect_failure::refused);
    CHECK(by_file.output.empty());
}

TEST_CASE("K04: a key with a passphrase is opened by who is asked for it, and passed over when nobody is")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    must_run({"ssh-keygen", "-q", "-p", "-N", "open sesame", "-f", server.path("key")});

    std::vector<std::string> asked;
    auto options = server.with_key();
    options.known.ask =
        [&asked](question what) -> tendril::asio::awaitable<std::optional<tendril::base::secret>> {
        asked.push_back(what.text);
        co_return tendril::base::secret("open sesame");
    };
    travel with_person(ssh(std::move(options)), "echo welcome");
    with_person.await("welcome");
    REQUIRE(asked.size() == 1);
    CHECK(asked.front() == "Enter passphrase for key '" + server.path("key") + "': ");

    options = server.with_password();
    options.identity_file = server.path("key");
    travel with_password(ssh(std::move(options)), "echo welcome");
    with_password.await("welcome");
}

TEST_CASE("K04: options that cannot be are refused before anything is started")
{
    CHECK(refusal_of(ssh({})).what == connect_failure::bad_option);
    CHECK(refusal_of(ssh({.hostname = "-oProxyCommand=touch x"})).what == connect_failure::bad_option);
    CHECK(refusal_of(ssh({.hostname = "web1", .username = "-v"})).words == "username");
    ssh_options two_lines{.hostname = "web1"};
    two_lines.known.password.emplace("one\ntwo");
    auto const why = refusal_of(ssh(std::move(two_lines)));
    CHECK(why.what == connect_failure::bad_option);
    CHECK_FALSE(why.message().contains("two"));
}

TEST_CASE("K04: an ssh that is not there cannot be started")
{
    auto const why = refusal_of(ssh({.hostname = "web1", .ssh_path = "/nowhere/ssh"}));

    CHECK(why.what == connect_failure::cannot_start);
    CHECK(why.message().starts_with("ssh:web1: the program that leads there cannot be started: "));
    CHECK(why.message().contains("No such file or directory"));
}

TEST_CASE("K04: an option that ssh does not know is a bad option")
{
    travel there(ssh({.hostname = "web1", .extra_arguments = {"-o", "NoSuchOption=1"}}), "true");

    CHECK(there.failure().what == connect_failure::bad_option);
}

}  // namespace
