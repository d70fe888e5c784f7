#include <tendril/process/errc.hpp>
#include <tendril/process/signal_name.hpp>

#include <csignal>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using process::signal_name;
using process::signal_number;

TEST_CASE("C08: signals have the names that kill(1) gives them")
{
    CHECK(signal_number("KILL").value() == SIGKILL);
    CHECK(signal_number("SIGTERM").value() == SIGTERM);
    CHECK(signal_number("HUP").value() == SIGHUP);
    CHECK(signal_number("RTMIN+2").value() == SIGRTMIN + 2);
    CHECK(signal_number("RTMAX").value() == SIGRTMAX);
    CHECK(signal_name(SIGINT) == "INT");
    CHECK(signal_name(1000) == "signal 1000");
}

TEST_CASE("C08: every signal is found by its own name")
{
    for (int number = 1; number <= SIGRTMAX; ++number) {
        auto const name = signal_name(number);
        CAPTURE(name);
        if (!name.starts_with("signal "))
            CHECK(signal_number(name).value() == number);
    }
}

TEST_CASE("C08: an unknown signal name is an error that repeats it")
{
    for (auto const* name : {"", "SIG", "kill", "9", "KILLER", "RTMIN+", "RTMIN+-1", "RTMIN+99", "RTMAX+1"}) {
        CAPTURE(name);
        auto const number = signal_number(name);
        REQUIRE_FALSE(number.has_value());
        CHECK(number.error().code == error_code(process::errc::unknown_signal));
    }
    CHECK(signal_number("WAKE").error().message() ==
          "cannot find a signal named \"WAKE\": there is no such signal");
}

}  // namespace
