#include <tendril/process/errc.hpp>
#include <tendril/process/identity.hpp>
#include <tendril/process/testing/spawn_fixture.hpp>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

constexpr uid_t some_user = 12345;  // need not exist

bool is_root()
{
    if (::geteuid() == 0)
        return true;
    MESSAGE("skipped: only root can change users");
    return false;
}

TEST_CASE(
    "C15: a program runs as the user, the group and the supplementary groups it is given, and no others")
{
    if (!is_root())
        return;
    auto what = shell("grep -E '^(Uid|Gid|Groups):' /proc/self/status");
    what.user = identity{some_user, 23456, {34567, 45678}};

    CHECK(output_of(what) == "Uid:\t12345\t12345\t12345\t12345\n"
                             "Gid:\t23456\t23456\t23456\t23456\n"
                             "Groups:\t34567 45678 \n");

    what.user->supplementary_groups.clear();
    CHECK(output_of(what).ends_with("Groups:\t \n"));
}

TEST_CASE("C15: nothing of our rights is left: no capability, and no way back")
{
    if (!is_root())
        return;
    auto what =
        shell("grep -E '^Cap(Prm|Eff):' /proc/self/status; cat /etc/shadow 2>/dev/null || echo refused");
    what.user = identity{some_user, some_user, {}};

    CHECK(output_of(what) == "CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nrefused\n");
}

TEST_CASE("C15: a change of user that could be taken back is refused")
{
    if (!is_root())
        return;
    auto what = shell("exit 0");
    what.user = identity{some_user, some_user, {}};
    // With this bit, capabilities survive the change: the program could become root again.
    constexpr unsigned long no_setuid_fixup = 1 << 2;
    auto const before = ::prctl(PR_GET_SECUREBITS);
    if (::prctl(PR_SET_SECUREBITS, no_setuid_fixup) < 0) {
        MESSAGE("skipped: no right to change secure bits");
        return;
    }

    auto const started = spawn(what);

    REQUIRE(::prctl(PR_SET_SECUREBITS, before) == 0);
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().at == step::user);
    CHECK(started.error().code == error_code(errc::way_back));
}

TEST_CASE("C15: we stay who we are, in every thread, and can be debugged as before")
{
    if (!is_root())
        return;
    REQUIRE(::prctl(PR_SET_DUMPABLE, 1) == 0);
    auto what = shell("exit 0");
    what.user = identity{some_user, some_user, {}};

    CHECK(output_of(what) == "");
    what.program = "/nowhere";
    CHECK(refusal_of(what).at == step::find_program);

    CHECK(::geteuid() == 0);
    CHECK(::prctl(PR_GET_DUMPABLE) == 1);
}

TEST_CASE("C15: several threads that start programs as other users do not get into each other's way")
{
    if (!is_root())
        return;
    REQUIRE(::prctl(PR_SET_DUMPABLE, 1) == 0);
    std::atomic<int> right = 0;
    std::vector<std::thread> starters;
    for (unsigned number = 0; number < 4; ++number)
        starters.emplace_back([&right, number] {
            auto what = shell("test $(id -u) = $0");
            what.user = identity{some_user + number, some_user + number, {}};
            what.arguments.push_back(std::to_string(what.user->user));
            for (int i = 0; i < 10; ++i) {
                auto const started = spawn(what);
                ::siginfo_t seen{};
                if (started &&
                    ::waitid(P_PIDFD, static_cast<id_t>(started->pidfd.get()), &seen, WEXITED) == 0)
                    right += seen.si_code == CLD_EXITED && seen.si_status == 0;
            }
        });
    for (auto& each : starters)
        each.join();

    CHECK(right == 40);
    CHECK(::prctl(PR_GET_DUMPABLE) == 1);
}

TEST_CASE("C15: who has not the right to change users is told so, with the step")
{
    if (!is_root())
        return;
    // An unprivileged caller: a shell of that user could not do this test, a forked process of ours can.
    auto told = make_pipe();
    auto const unprivileged = ::fork();
    if (unprivileged == 0) {
        if (::setgid(some_user) < 0 || ::setuid(some_user) < 0)
            ::_exit(1);
        auto what = shell("exit 0");
        what.user = identity{0, 0, {}};
        auto const started = spawn(what);
        auto const text = started ? std::string("started") : started.error().message();
        ::_exit(base::write_all(told.writer.get(), base::bytes_of(text), "the pipe").has_value() ? 0 : 1);
    }
    told.writer.reset();

    CHECK(read_all(told.reader.get()) == "cannot run /bin/sh: change user to 0:0: Operation not permitted");
    CHECK(::waitpid(unprivileged, nullptr, 0) == unprivileged);
}

TEST_CASE("C15: the number that means 'leave it' to the kernel is no user")
{
    auto what = shell("exit 0");
    what.user = identity{static_cast<uid_t>(-1), 0, {}};
    CHECK(refusal_of(what).at == step::user);

    what.user = identity{0, static_cast<gid_t>(-1), {}};
    CHECK(refusal_of(what).at == step::user);
}

TEST_CASE("C15: a user is looked up with its own groups, by name and by number")
{
    auto const root = identity_of("root");
    REQUIRE(root.has_value());
    CHECK(root->user == 0);
    CHECK(root->group == 0);
    CHECK(std::ranges::count(root->supplementary_groups, gid_t{0}) == 1);
    CHECK(identity_of(uid_t{0}).value() == *root);
}

TEST_CASE("C15: an unknown user is an error of its own")
{
    auto const nobody_at_all = identity_of("tendril-no-such-user");
    REQUIRE_FALSE(nobody_at_all.has_value());
    CHECK(nobody_at_all.error().code == error_code(errc::unknown_user));
    CHECK(nobody_at_all.error().message() == "cannot look up user tendril-no-such-user: no such user");
    CHECK(identity_of(uid_t{4'000'000'123}).error().code == error_code(errc::unknown_user));
}

}  // namespace
