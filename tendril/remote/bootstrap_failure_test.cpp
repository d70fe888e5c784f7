#include <tendril/remote/testing/far_end.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;
using namespace std::chrono_literals;

bool says_aborted(std::exception_ptr const& why)
{
    try {
        if (why)
            std::rethrow_exception(why);
    } catch (boost::system::system_error const& failed) {
        return failed.code() == asio::error::operation_aborted;
    }
    return false;
}

TEST_CASE("K01: a far end that says nothing is given up, and no process is left")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/bin/sh", "-c", "sleep 1000; true", "sh"};
    auto asked = asking("first words\n");
    asked.timeout = 100ms;

    CHECK(must_fail(loop, far, asked).what == connect_failure::timed_out);
}

TEST_CASE("K01: a far end that talks without end is given up")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/bin/sh", "-c", "yes", "sh"};
    auto const why = must_fail(loop, far);

    CHECK(why.what == connect_failure::not_understood);
    CHECK(why.last_output.ends_with("y\ny\n"));
    CHECK(why.last_output.size() < 5000);
}

TEST_CASE("K01: a shell that ends instead says how, and what it said last")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/bin/sh", "-c", "echo motd; echo This account is not available. >&2; exit 3", "sh"};
    auto const why = must_fail(loop, far);

    CHECK(why.what == connect_failure::ended);
    CHECK(why.target == "local:local");
    CHECK(why.words == "/bin/sh exited with code 3");
    CHECK(why.last_output.contains("motd\n"));
    CHECK(why.last_output.ends_with("This account is not available."));
}

TEST_CASE("K01: a shell that is not there cannot be started")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/nowhere/sh"};
    CHECK(must_fail(loop, far).what == connect_failure::cannot_start);

    far.how.shell = {"/bin/sh"};
    far.how.environment.set("PATH", far.bin());
    auto const why = must_fail(loop, far);
    CHECK(why.what == connect_failure::ended);
    CHECK(why.last_output.contains("sh"));
}

TEST_CASE("K01: an end in the middle of the program leaves nothing behind")
{
    asio::io_context loop;
    for (auto const* sh : {"dash", "bash", "busybox", "zsh"}) {
        if (path_of(sh).empty())
            continue;
        CAPTURE(sh);
        far_end far;
        far.link("sh", path_of(sh));
        far.how.shell = {"/bin/sh", "-c", "head -c 5000 | sh \"$@\"", "sh"};

        CHECK(must_fail(loop, far).what == connect_failure::ended);
        CHECK(far.files().empty());
    }
}

TEST_CASE("K01: a program that is damaged on its way is not run")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/bin/sh", "-c", "LC_ALL=C stdbuf -i0 -o0 tr 'T' 'U' | sh \"$@\"", "sh"};
    far.script("gzip", "exec cat");
    auto asked = asking();
    auto const why = must_fail(loop, far, asked);

    CHECK(why.what == connect_failure::damaged);
    CHECK(far.files().empty());
}

TEST_CASE("K01: a machine for which there is no program is named")
{
    asio::io_context loop;
    for (auto const* machine : {"Linux riscv64", "Darwin arm64", "FreeBSD amd64"}) {
        far_end far;
        far.script("uname", "echo " + std::string(machine));
        auto const why = must_fail(loop, far);

        CHECK(why.what == connect_failure::wrong_architecture);
        CHECK(why.words == std::string(machine) + "; there is one for x86_64");
    }
}

TEST_CASE("K01: who does not want to wait any more leaves nothing behind")
{
    asio::io_context loop;
    far_end far;
    // Its own standard error goes nowhere, that of its shell comes to us.
    far.script("dd", "echo waiting >/proc/$PPID/fd/2; exec cat >/dev/null");
    asio::cancellation_signal stop;
    far.how.on_line = [&](std::string_view line) {
        if (line == "waiting")
            stop.emit(asio::cancellation_type::terminal);
    };
    bool is_aborted = false;
    asio::co_spawn(loop, bootstrap(loop.get_executor(), local(far.how), store(), asking()),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr why, std::expected<reached, connect_error>) {
                           is_aborted = says_aborted(why);
                       }));
    loop.run();

    CHECK(is_aborted);
    CHECK(far.files().empty());
}

TEST_CASE("K01: words that a shell would not take as they are, and too many first bytes, are refused before "
          "anything runs")
{
    asio::io_context loop;
    far_end far;
    for (auto const* name : {"", "a b", "it's", "$HOME", "wow!"}) {
        auto asked = asking();
        asked.name = name;
        CHECK(must_fail(loop, far, asked).what == connect_failure::bad_option);
    }
    CHECK(must_fail(loop, far, asking(std::string(65537, 'x'))).what == connect_failure::bad_option);
}

}  // namespace
