#include <tendril/remote/sudo.hpp>
#include <tendril/remote/testing/scratch_user.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;
using tendril::process::testing::scratch_accounts;

/// sudo as `scratch` calls it, with these lines in sudoers.
sudo_options by_rules(scratch_accounts const& accounts, std::string const& rules)
{
    auto const place = accounts.path() + "/etc/sudoers";
    std::filesystem::remove(place);
    std::ofstream(place) << "Defaults timestamp_timeout=0, lecture=always, passwd_tries=3\n" << rules << '\n';
    std::filesystem::permissions(place, std::filesystem::perms(0440));
    sudo_options made;
    made.sudo_path = as_scratch(accounts, "sudo");
    return made;
}

constexpr char const* anything = "scratch ALL=(ALL) ALL";

sudo_options with_password(sudo_options options, std::string_view password = scratch_password)
{
    options.known.password.emplace(password);
    return options;
}

TEST_CASE("K05: a password makes us another user, past the lecture, and bytes pass unchanged")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    for (std::string const rules : {"Defaults use_pty\n", "Defaults requiretty\n", ""}) {
        CAPTURE(rules);
        travel there(sudo(with_password(by_rules(accounts, rules + anything))), "echo I am $(id -un); cat");
        CHECK(there.way().description() == "sudo:root");
        there.await("I am root\n");
        there.check_echo();
    }
}

TEST_CASE("K05: who needs no password is not asked for one, and the far end's environment is as sudo has it")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto options = by_rules(accounts, "scratch ALL=(ALL) NOPASSWD:SETENV: ALL");
    options.username = "nobody";
    options.set_home = true;
    options.sudo_args = {"-E", "--user=scratch", "MARK=1"};
    ::setenv("LANGUAGE", "sv:de", 1);
    travel there(sudo(std::move(options)), "echo $(id -un) $LANGUAGE $MARK; cat");
    ::unsetenv("LANGUAGE");

    there.await("scratch sv:de 1\n");

    CHECK(there.way().description() == "sudo:scratch");
}

TEST_CASE("K05: a wrong password is given once")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    travel there(sudo(with_password(by_rules(accounts, anything), "guess")), "true");

    auto const why = there.failure();

    CHECK(why.what == connect_failure::wrong_password);
    CHECK_FALSE(why.message().contains("guess"));
    CHECK(why.last_output.contains("Sorry, try again."));
}

TEST_CASE("K05: a password that nobody gave is missed at once")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    travel at_prompt(sudo(by_rules(accounts, anything)), "true");
    CHECK(at_prompt.failure().what == connect_failure::password_needed);

    auto options = by_rules(accounts, anything);
    options.sudo_args = {"-n"};
    travel without_prompt(sudo(std::move(options)), "true");
    CHECK(without_prompt.failure().what == connect_failure::password_needed);
    CHECK(without_prompt.failure().words == "sudo: a password is required");
}

TEST_CASE("K17: a person is asked for sudo's password")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto options = by_rules(accounts, anything);
    std::string asked;
    options.known.ask =
        [&asked](question what) -> tendril::asio::awaitable<std::optional<tendril::base::secret>> {
        asked = what.target + ' ' + what.text;
        co_return tendril::base::secret(scratch_password);
    };
    travel there(sudo(std::move(options)), "echo welcome");

    there.await("welcome\n");

    CHECK(asked.starts_with("sudo:root "));
    CHECK(asked.contains("lecture"));
    CHECK(asked.contains("password"));
}

TEST_CASE("K05: who may not is refused, whatever the password")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    travel unknown(sudo(with_password(by_rules(accounts, "root ALL=(ALL) ALL"))), "true");
    CHECK(unknown.failure().what == connect_failure::refused);
    CHECK(unknown.failure().words.contains("not in the sudoers file"));

    travel limited(sudo(with_password(by_rules(accounts, "scratch ALL=(nobody) ALL"))), "true");
    CHECK(limited.failure().what == connect_failure::refused);
    CHECK(limited.failure().words.starts_with("Sorry, user scratch is not allowed to execute "));
}

TEST_CASE("K05: a user that does not exist is a bad option, like one that sudo cannot use here")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto options = with_password(by_rules(accounts, anything));
    options.username = "nosuchuser";
    travel there(sudo(std::move(options)), "true");
    CHECK(there.failure().what == connect_failure::bad_option);

    options = by_rules(accounts, anything);
    options.sudo_args = {"-S"};
    CHECK(refusal_of(sudo(std::move(options))).words == "-S");
    CHECK(refusal_of(sudo({.sudo_path = "/nowhere/sudo"})).what == connect_failure::cannot_start);
}

TEST_CASE("K05: what runs by sudo is no partner of the conversation any more")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto options = with_password(by_rules(accounts, "scratch ALL=(ALL) NOPASSWD: ALL"));
    travel there(sudo(std::move(options)),
                 "echo ready; while read word; do printf 'tendril: password for sudo:' >/dev/tty; "
                 "printf 'Password: ' >&2; echo $word; done");
    there.await("ready\n");

    for (std::string const word : {"first", "second", "third"}) {  // an answered prompt would not come again
        there.write(word + "\n");
        there.await(word + "\n");
    }
    CHECK_FALSE(there.failed);
}

}  // namespace
