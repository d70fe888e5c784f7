#include <tendril/remote/detail/ssh_addressee.hpp>
#include <tendril/remote/detail/ssh_words.hpp>

#include <deque>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::detail;

connect_failure meaning_of(std::deque<std::string> const& lines, bool has_answered = false,
                           bool knows_password = false)
{
    std::deque<std::string> const nothing;
    auto const failed = tendril::process::exit_status::exited(255);
    return explain_ssh({failed, lines, nothing, has_answered}, knows_password).what;
}

TEST_CASE("K04: what ssh asks itself and what the far end asks through it are told apart")
{
    CHECK(ssh_prompt("root@web1's password: ") == prompt_kind::password);
    CHECK(ssh_prompt("(root@web1) Password: ") == prompt_kind::password);
    CHECK(ssh_prompt("(root@web1) Password for root@web1:") == prompt_kind::password);
    CHECK(ssh_prompt("Password: ") == prompt_kind::password);  // before OpenSSH 8.4
    CHECK(ssh_prompt("(root@web1) Verification code: ") == prompt_kind::login);
    CHECK(ssh_prompt("(root@web1) Passwort: ") == prompt_kind::login);
    CHECK(ssh_prompt("Enter passphrase for key '/root/.ssh/id_rsa': ") == prompt_kind::passphrase);
    CHECK(ssh_prompt("(root@web1) Enter passphrase for key 'x': ") == prompt_kind::login);
    CHECK(ssh_prompt("(root@web1) first\nEnter passphrase for key 'x': ") == prompt_kind::login);
    CHECK(ssh_prompt("Enter PIN for 'token': ") == prompt_kind::local);
    CHECK(ssh_prompt("Are you sure you want to continue connecting (yes/no/[fingerprint])? ") ==
          prompt_kind::host_key);
}

TEST_CASE("K04: a prompt says who asks")
{
    CHECK(login_in("root@web1's password: ") == "root@web1");
    CHECK(login_in("(root@web1) Password: ") == "root@web1");
    CHECK(login_in("(root@web1) first\nme@web2's password: ") == "root@web1");
    CHECK(login_in("Password: ").empty());
    CHECK(login_in("(").empty());
}

TEST_CASE("K04: a denial is one at the beginning of a line alone, in words old and new")
{
    CHECK(meaning_of({"u@h: Permission denied (publickey)."}) == connect_failure::refused);
    CHECK(meaning_of({"Permission denied (publickey,password)."}) == connect_failure::password_needed);
    CHECK(meaning_of({"u@h: Permission denied (publickey,keyboard-interactive)."}, false, true) ==
          connect_failure::refused);
    CHECK(meaning_of({"u@h: Permission denied (publickey,password)."}, true, true) ==
          connect_failure::wrong_password);
    CHECK(meaning_of({"bash: /root/.profile: Permission denied"}) == connect_failure::ended);
    CHECK(meaning_of({"sh: Permission denied (publickey)."}) == connect_failure::ended);
}

TEST_CASE("K04: what ssh says last counts more than what a banner said before")
{
    CHECK(meaning_of({"Permission denied (publickey).", "Connection reset by 10.0.0.1 port 22"}) ==
          connect_failure::dropped);
    CHECK(meaning_of({"ssh: connect to host x port 22: No route to host",
                      "u@h: Permission denied (publickey)."}) == connect_failure::refused);
}

TEST_CASE(
    "K04: who is sent away with a right answer is refused, and who is hung up on before it may try again")
{
    CHECK(meaning_of({"Connection closed by 10.0.0.1 port 22"}) == connect_failure::dropped);
    CHECK(meaning_of({"Connection closed by 10.0.0.1 port 22"}, true, true) == connect_failure::refused);
    CHECK(meaning_of({"Connection to 10.0.0.1 closed by remote host."}) == connect_failure::ended);
    CHECK(meaning_of({"ssh: connect to host 10.0.0.1 port 22: Connection timed out"}) ==
          connect_failure::timed_out);
    CHECK(meaning_of({"Timeout, server 10.0.0.1 not responding."}) == connect_failure::timed_out);
    CHECK(meaning_of({"Unable to negotiate with 10.0.0.1 port 22: no matching host key type found."}) ==
          connect_failure::not_understood);
    CHECK(meaning_of({"Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures",
                      "Disconnected from 10.0.0.1 port 22"}) == connect_failure::refused);
}

TEST_CASE("R20: ssh's word about a session that it lost is known from what the far program said")
{
    CHECK(ssh_last_words({"some word", "Timeout, server 10.0.0.1 not responding."}) ==
          "Timeout, server 10.0.0.1 not responding.");
    CHECK(ssh_last_words({"Connection to 10.0.0.1 closed by remote host."}) ==
          "Connection to 10.0.0.1 closed by remote host.");
    CHECK(ssh_last_words({"Timeout, server 10.0.0.1 not responding.", "some word"}).empty());
    CHECK(ssh_last_words({}).empty());
}

}  // namespace
