#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/running_processes.hpp>
#include <tendril/remote/testing/ssh_server.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;
using tendril::base::secret;
using tendril::process::testing::scratch_accounts;

namespace asio = tendril::asio;
namespace fs = std::filesystem;

/// A responder that knows some answers by what the question ends with, and notes what it is asked.
struct well_informed {
    std::vector<std::pair<std::string, std::string>> answers;
    std::vector<std::string> asked = {};

    responder as_responder()
    {
        return [this](question what) { return answer(this, std::move(what)); };
    }

    static asio::awaitable<std::optional<secret>> answer(well_informed* self, question what)
    {
        self->asked.push_back(what.text);
        for (auto const& [end, text] : self->answers)
            if (what.text.ends_with(end))
                co_return secret(text);
        co_return std::nullopt;
    }
};

/// Has sshd ask for a password and then for a code, of which 12345678 is right.
std::string ask_for_a_code(scratch_accounts const& accounts)
{
    auto const codes = accounts.file("codes", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\n\" TOTP_AUTH\n12345678\n");
    fs::permissions(codes, fs::perms(0400));
    std::ofstream(accounts.path() + "/etc/pam.d/sshd")
        << "auth required pam_unix.so\nauth required pam_google_authenticator.so user=root secret=" << codes
        << "\naccount required pam_permit.so\nsession required pam_permit.so\n";
    return "UsePAM yes\nPasswordAuthentication no\nKbdInteractiveAuthentication yes\n";
}

TEST_CASE("K04: a host that asks for a password and a code gets both")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts, ask_for_a_code(accounts));
    well_informed person{{{"Verification code: ", "12345678"}}};
    auto options = server.with_password();
    options.known.ask = person.as_responder();

    travel there(ssh(std::move(options)), "echo welcome");

    there.await("welcome\n");
    CHECK(person.asked == std::vector<std::string>{"(scratch@127.0.0.1) Verification code: "});
}

TEST_CASE("K04: a code that nobody knows, or that is wrong, is an error of its own")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts, ask_for_a_code(accounts));
    SUBCASE("nobody to ask")
    {
        travel there(ssh(server.with_password()), "true");
        CHECK(there.failure().what == connect_failure::password_needed);
        CHECK(there.failure().words.contains("Verification code"));
    }
    SUBCASE("nobody knows")
    {
        well_informed person{{}};
        auto options = server.with_password();
        options.known.ask = person.as_responder();
        travel there(ssh(std::move(options)), "true");
        CHECK(there.failure().what == connect_failure::password_needed);
    }
    SUBCASE("a wrong one")
    {
        well_informed person{{{"Verification code: ", "00000000"}}};
        auto options = server.with_password();
        options.known.ask = person.as_responder();
        travel there(ssh(std::move(options)), "true");
        CHECK(there.failure().what == connect_failure::wrong_password);
        CHECK(person.asked.size() == 1);
    }
}

TEST_CASE("K17: a person is asked for a password that nobody gave, once")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    well_informed person{{{"'s password: ", ssh_server::password}}};
    auto options = server.without_key();
    options.known.ask = person.as_responder();
    {
        travel there(ssh(std::move(options)), "echo welcome");
        there.await("welcome\n");
        CHECK(person.asked == std::vector<std::string>{"scratch@127.0.0.1's password: "});
    }
    well_informed forgetful{{{"'s password: ", "was it this?"}}};
    options = server.without_key();
    options.known.ask = forgetful.as_responder();
    travel there(ssh(std::move(options)), "echo welcome");
    CHECK(there.failure().what == connect_failure::wrong_password);
    CHECK(forgetful.asked.size() == 1);
}

/// To the host by way of itself under another name.
ssh_options by_a_jump(ssh_server const& server)
{
    auto made = server.with_password();
    made.extra_arguments = {"-J", "scratch@localhost:" + std::to_string(server.port())};
    return made;
}

TEST_CASE("K04: a jump host does not learn the password of the host behind it")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server server(accounts);
    {
        travel there(ssh(by_a_jump(server)), "true");
        CHECK(there.failure().what == connect_failure::password_needed);
        CHECK(there.failure().words == "it asks: scratch@localhost's password");
        there.leave();
        CHECK_FALSE(server.log().contains("password for scratch"));  // accepted or failed
    }
    well_informed person{{{"scratch@localhost's password: ", ssh_server::password}}};
    auto options = by_a_jump(server);
    options.known.ask = person.as_responder();
    travel there(ssh(std::move(options)), "echo welcome");
    there.await("welcome\n");
    CHECK(person.asked.size() == 1);
}

TEST_CASE("K04: a host by an alias of the configuration gets its password")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto options = server.with_password();
    options.hostname = "elsewhere";
    options.username.reset();
    options.config_file = accounts.file("aliases", "Host elsewhere\n  HostName 127.0.0.1\n  User scratch\n"
                                                   "  UserKnownHostsFile " +
                                                       server.known_hosts() + "\n");
    travel there(ssh(std::move(options)), "echo welcome");

    there.await("welcome\n");
}

TEST_CASE("K17: who is asked and fails is somebody who does not know")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto options = server.without_key();
    options.known.ask = [](question) -> asio::awaitable<std::optional<secret>> {
        throw std::runtime_error("no person here");
    };
    travel there(ssh(std::move(options)), "true");

    CHECK(there.failure().what == connect_failure::password_needed);
}

TEST_CASE("K17: who is asked is told when nobody wants to know any more")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    bool is_asked = false;
    bool is_told = false;
    auto options = server.without_key();
    options.known.ask = [&](question) -> asio::awaitable<std::optional<secret>> {
        is_asked = true;
        auto const executor = co_await asio::this_coro::executor;
        asio::steady_timer never(executor, asio::steady_timer::time_point::max());
        tendril::error_code why;
        co_await never.async_wait(asio::redirect_error(asio::use_awaitable, why));
        is_told = why == asio::error::operation_aborted;
        co_return std::nullopt;
    };
    travel there(ssh(std::move(options)), "true");
    there.run_until([&] { return is_asked; });

    there.leave();

    there.run_until([&] { return is_told; });
}

TEST_CASE("K04: neither a banner nor what a shell says at its start can pose as a prompt")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto const banner =
        accounts.file("banner", "scratch@127.0.0.1's password: \nPermission denied (publickey).\n"
                                "Enter passphrase for key 'x': ");
    ssh_server const server(accounts, "Banner " + banner);
    static_cast<void>(accounts.file("home/.bashrc", "printf \"scratch@127.0.0.1's password: \" >&2\n"
                                                    "printf 'Password: '\n"
                                                    "echo 'Permission denied (publickey).' >&2\n"));

    for (bool const by_key : {true, false}) {
        CAPTURE(by_key);
        travel there(ssh(by_key ? server.with_key() : server.with_password()), "echo welcome; cat");
        there.await("Password: welcome\n");
        there.write("still here\n");
        there.await("still here\n");
        CHECK_FALSE(there.failed);
    }
    travel denied(ssh(server.with_password("guess")), "true");
    CHECK(denied.failure().what == connect_failure::wrong_password);
}

TEST_CASE("K04: what the far end says on standard error is handed on by lines, and its last ones are kept")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    auto options = server.with_key();
    std::vector<std::string> lines;
    options.on_line = [&lines](std::string_view line) { lines.emplace_back(line); };

    travel there(ssh(std::move(options)),
                 "seq 100 >&2; printf 'red \\033[31m alert\\nunfinished' >&2; exit 3");
    auto const why = there.failure();

    CHECK(why.what == connect_failure::ended);
    CHECK(why.words == "ssh exited with code 3");
    CHECK(lines.size() == 102);
    CHECK(lines.front() == "1");
    CHECK(lines.back() == "unfinished");
    CHECK(why.last_output.ends_with("\n100\nred ?[31m alert\nunfinished"));
    CHECK_FALSE(why.last_output.contains("\n82\n"));
}

TEST_CASE("K17: a password is in no argument, no environment, no log and no error")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    static_cast<void>(accounts.file("pairs", ""));
    auto options = server.with_password();
    std::string lines;
    options.on_line = [&lines](std::string_view line) { lines += line; };
    travel there(ssh(std::move(options)), "echo welcome >&2; tty; env; cat");
    there.await("\n");

    there.run_until([&] { return lines.contains("welcome"); });

    CHECK(lines == "welcome");                                    // and no prompt
    CHECK(shown_by_processes("cmdline").contains("-l scratch"));  // that of ssh among them
    CHECK_FALSE(shown_by_processes("cmdline").contains(ssh_server::password));
    CHECK_FALSE(shown_by_processes("environ").contains(ssh_server::password));
    CHECK_FALSE(lines.contains(ssh_server::password));
    CHECK_FALSE(there.output.contains(ssh_server::password));
}

}  // namespace
