#include <tendril/io/task_group.hpp>
#include <tendril/session/answers.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::confidence;
using session::question;
using session::testing::driven_session;

session::answer_rule rule(std::string_view when, std::string_view text, confidence kind = confidence::plain,
                          question need = question::expected)
{
    return {*expect::pattern::regex(when), base::secret(text), kind, need};
}

std::vector<session::answer_rule> one(session::answer_rule only)
{
    std::vector<session::answer_rule> rules;
    rules.push_back(std::move(only));
    return rules;
}

asio::awaitable<void> note_refusal(session::answers* from, std::string* into)
{
    *into = co_await from->refusal();
}

asio::awaitable<void> note_timeout(session::answers* from, std::chrono::milliseconds patience, bool* into)
{
    co_await from->watch(patience);
    *into = true;
}

/// A script and the rules that answer it; all tasks are joined before it goes.
struct conversation {
    conversation(std::string script, std::vector<session::answer_rule> rules)
        : driven(std::move(script)), answers(driven.program, std::move(rules)),
          tasks(driven.loop.get_executor())
    {
        tasks.spawn(answers.type());
        tasks.spawn(note_refusal(&answers, &refused));
    }
    ~conversation()
    {
        bool joined = false;
        tasks.cancel();
        asio::co_spawn(driven.loop, tasks.join(), [&](std::exception_ptr) { joined = true; });
        CHECK(driven.run_until([&] { return joined; }));
    }
    conversation(conversation const&) = delete;
    conversation& operator=(conversation const&) = delete;

    driven_session driven;
    session::answers answers;
    io::task_group tasks;
    std::string refused;
};

TEST_CASE("X12: a program that asks for a new password twice gets it twice, and never shows it")
{
    conversation talk(
        "printf 'New password: '; stty -echo; read a; printf '\\nRetype new password: '; read b; "
        "stty echo; echo; [ \"$a\" = \"$b\" ] && echo \"${#a} characters\"",
        one(rule("(?i)password:", "s3cret", confidence::secret)));

    REQUIRE(talk.driven.run_to_end());

    CHECK(talk.driven.output.find("6 characters") != std::string::npos);
    CHECK(talk.driven.output.find("s3cret") == std::string::npos);
    CHECK(talk.refused.empty());
    CHECK(talk.answers.unasked().empty());
}

TEST_CASE("L09: a secret is not echoed by a program that forgets to turn echo off, and echo comes back")
{
    conversation talk("printf 'Password: '; read a; echo; echo \"${#a} characters\"; sleep 0.5; stty -a",
                      one(rule("Password:", "s3cret", confidence::secret)));

    REQUIRE(talk.driven.run_to_end());

    CHECK(talk.driven.output.find("6 characters") != std::string::npos);
    CHECK(talk.driven.output.find("s3cret") == std::string::npos);
    CHECK(talk.driven.output.find(" echo ") != std::string::npos);
}

TEST_CASE("X11: a wrong password is not offered for ever")
{
    conversation talk("stty -echo; while :; do printf '\\n[sudo] password for eve: '; read a; n=$((n+1)); "
                      "printf '\\ntry %s' $n; done",
                      one(rule("password for", "wrong", confidence::secret)));

    REQUIRE(talk.driven.run_until(
        [&] { return !talk.refused.empty() && talk.driven.output.find("try 2") != std::string::npos; }));

    CHECK(talk.refused == "[sudo] password for eve:");
    CHECK(talk.driven.output.find("try 3") == std::string::npos);
}

TEST_CASE("X03: rules wait side by side; a question that may come is not missed when it does not")
{
    std::vector<session::answer_rule> rules;
    rules.push_back(rule("name\\?", "eve"));
    rules.push_back(rule("Are you sure", "yes", confidence::plain, question::possible));
    rules.push_back(rule("never asked", "x"));
    conversation talk("printf 'name? '; read a; echo \"hello $a\"", std::move(rules));

    REQUIRE(talk.driven.run_to_end());

    CHECK(talk.driven.output.ends_with("hello eve\r\n"));
    CHECK(talk.answers.any_given());
    CHECK(talk.answers.unasked() == std::vector<std::string>{"never asked"});
}

TEST_CASE("X06: a question that does not come in time is noticed without any output")
{
    conversation talk("read forever", one(rule("never asked", "x")));
    bool timed_out = false;
    talk.tasks.spawn(note_timeout(&talk.answers, 20ms, &timed_out));

    CHECK(talk.driven.run_until([&] { return timed_out; }));
}

}  // namespace
