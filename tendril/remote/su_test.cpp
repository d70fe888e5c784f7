#include <tendril/remote/su.hpp>
#include <tendril/remote/testing/scratch_user.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;

su_options with_password(std::string const& path, std::optional<std::string_view> password = root_password)
{
    su_options made;
    made.su_path = path;
    if (password)
        made.known.password.emplace(*password);
    return made;
}

TEST_CASE("K06: a password makes us another user, and bytes pass beside the terminal unchanged")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ::setenv("LANGUAGE", "sv:de", 1);
    travel there(su(with_password(as_scratch(accounts, "su"))),
                 "echo I\\'m $(id -un) $LANGUAGE; echo 'Password:' >&2; cat");
    ::unsetenv("LANGUAGE");

    there.await("I'm root sv:de\n");

    there.check_echo();
    CHECK_FALSE(there.failed);
    CHECK(there.way().description() == "su:root");
}

TEST_CASE("K06: root needs no password, and the end of the far program is the end of the way")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    travel there(su(with_password("su", std::nullopt)), "echo I am $(id -un); echo bye >&2; exit 4");

    CHECK(there.failure().what == connect_failure::ended);
    CHECK(there.failure().words == "su exited with code 4");
    CHECK(there.failure().last_output == "bye");
    there.await_end();
    CHECK(there.output == "I am root\n");
}

TEST_CASE("K06: a wrong password is an error by the words of su, and a missing one at once")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto const path = as_scratch(accounts, "su");

    travel wrong(su(with_password(path, "guess")), "true");
    travel missing(su(with_password(path, std::nullopt)), "true");

    CHECK(missing.failure().what == connect_failure::password_needed);
    CHECK(wrong.failure().what == connect_failure::wrong_password);
    CHECK(wrong.failure().words == "su: Authentication failure");
}

TEST_CASE("K06: another prompt and another refusal can be named")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto const path =
        accounts.file("foreign-su", "#!/bin/sh\nprintf 'Passwort: ' >&2\nread answer\necho >&2\n"
                                    "[ \"$answer\" = richtig ] || { echo 'su: Fehler' >&2; exit 1; }\n"
                                    "shift; exec sh \"$@\"\n");
    std::filesystem::permissions(path, std::filesystem::perms(0755));
    for (std::string_view const password : {"richtig", "falsch"}) {
        auto options = with_password(path, password);
        options.prompts = {"Passwort:"};
        options.refusals = {"su: Fehler"};
        travel there(su(std::move(options)), "echo welcome");
        there.run_until([&] { return there.failed.has_value(); });
        CHECK(there.failed->what ==
              (password == "richtig" ? connect_failure::ended : connect_failure::wrong_password));
        CHECK(there.output == (password == "richtig" ? "welcome\n" : ""));
    }
}

TEST_CASE("K06: a user that does not exist is a bad option")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    auto options = with_password("su");
    options.username = "nosuchuser";
    travel there(su(std::move(options)), "true");
    CHECK(there.failure().what == connect_failure::bad_option);
    CHECK(refusal_of(su({.username = "-c"})).what == connect_failure::bad_option);
    CHECK(refusal_of(su({.su_path = "/nowhere/su"})).what == connect_failure::cannot_start);
}

}  // namespace
