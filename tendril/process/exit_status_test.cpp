#include <tendril/process/exit_status.hpp>
#include <tendril/process/spawn_error.hpp>

#include <csignal>

#include <doctest/doctest.h>

namespace {

using namespace tendril::process;

TEST_CASE("C05: only an exit with code 0 is a success")
{
    CHECK(exit_status::exited(0).success());
    CHECK_FALSE(exit_status::exited(1).success());
    CHECK_FALSE(exit_status::killed(SIGKILL).success());
}

TEST_CASE("C05: a status reads as a shell shows it and as Python signs it")
{
    CHECK(exit_status::exited(3).shell_code() == 3);
    CHECK(exit_status::killed(SIGKILL).shell_code() == 137);
    CHECK(exit_status::exited(3).signed_code() == 3);
    CHECK(exit_status::killed(SIGTERM).signed_code() == -15);
    CHECK(exit_status::killed(SIGTERM).description() == "killed by signal 15 (Terminated)");
}

TEST_CASE("C05: a wait status is decoded whole")
{
    CHECK(exit_status::from_wait_status(0x0300) == exit_status::exited(3));
    CHECK(exit_status::from_wait_status(SIGSEGV | 0x80) == exit_status::killed(SIGSEGV, true));
}

TEST_CASE("C02: a shell tells a missing program from one that cannot run")
{
    auto const reason = make_error_code(boost::system::errc::permission_denied);

    CHECK(shell_code(make_spawn_error(step::find_program, reason, "vim")) == 127);
    CHECK(shell_code(make_spawn_error(step::run_program, reason, "vim")) == 126);
    CHECK(make_spawn_error(step::run_program, reason, "vim").message() ==
          "cannot run vim: execute: Permission denied");
}

}  // namespace
