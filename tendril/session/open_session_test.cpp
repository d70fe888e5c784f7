#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/record/finalise.hpp>
#include <tendril/record/recording_reader.hpp>
#include <tendril/session/open_session.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::patient_loop;

/// A plan for `sh -c SCRIPT`, with an empty environment.
session::session_plan plan_of(std::string script)
{
    return {.program = {.program = "/bin/sh", .arguments = {"-c", std::move(script)}}};
}

/// A session of a plan, and what it wrote.
struct opened : patient_loop {
    explicit opened(session::session_plan plan)
        : program([&] {
              auto made = session::open_session(loop.get_executor(), std::move(plan));
              REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message()));
              return std::move(*made);
          }())
    {
        program.on_update([this](base::byte_view chunk) { output += base::text_of(chunk); });
        program.on_exit([this](auto) { ended = true; });
    }

    [[nodiscard]] bool run_to_exit()
    {
        return run_until([this] { return ended; });
    }

    std::string output;
    bool ended = false;
    session::session program;
};

TEST_CASE("M02: the program finds its size, its kind of terminal, a language, a path and UTF-8 input")
{
    auto plan = plan_of("echo $TERM $COLUMNS $LINES $LANG $PATH; stty size; stty -a | grep -o ' iutf8'");
    plan.size = {.columns = 600, .rows = 40};
    opened session(std::move(plan));
    REQUIRE(session.run_to_exit());

    CHECK(session.output ==
          "xterm-256color 500 40 C.UTF-8 /usr/local/bin:/usr/bin:/bin\r\n40 500\r\n iutf8\r\n");
}

TEST_CASE("M02: what the environment says stays, and the size can be left out of it")
{
    auto plan = plan_of("echo $TERM $LANG $PATH [$COLUMNS] [$LINES]");
    plan.program.environment.set("LANG", "de_DE.UTF-8").set("PATH", "/bin").set("COLUMNS", "7");
    plan.terminal_type = "vt220";
    plan.size_in_environment = session::size_variables::left_out;
    opened session(std::move(plan));
    REQUIRE(session.run_to_exit());

    CHECK(session.output == "vt220 de_DE.UTF-8 /bin [] []\r\n");
}

TEST_CASE("M01, M09: the log is recorded and, at the end, finalised in another thread, with user and id")
{
    base::testing::scratch_folder const place;
    asio::thread_pool pool(1);
    std::optional<result<record::finalised>> done;
    std::thread::id told_in;
    auto plan = plan_of("echo logged; exit 3");
    plan.id = "7";
    plan.user = "eve";
    plan.log_path = place / "log.golog";
    plan.background = pool.get_executor();
    plan.on_log_finalised = [&](result<record::finalised> how) {
        done = std::move(how);
        told_in = std::this_thread::get_id();
    };
    opened session(std::move(plan));
    CHECK(session.program.describe().starts_with("session 7 \"/bin/sh -c 'echo logged; exit 3'\" alive"));
    REQUIRE(session.run_until([&] { return done.has_value(); }));
    pool.join();

    REQUIRE(done->has_value());
    CHECK(told_in == std::this_thread::get_id());
    auto const& metadata = (*done)->metadata;
    CHECK(metadata.at("user") == "eve");
    CHECK(metadata.at("term_id") == "7");
    CHECK(metadata.at("exit_status") == "3");
    CHECK(metadata.contains("end_date"));
    auto const again = record::finalise(place / "log.golog");
    REQUIRE(again.has_value());
    CHECK(again->was_complete);
}

TEST_CASE("M01: a log that cannot be written is an error, and nothing is started")
{
    asio::io_context loop;
    base::testing::scratch_folder const place;
    auto plan = plan_of("touch " + place / "started");
    plan.log_path = place / "no/such/folder/log";

    auto const made = session::open_session(loop.get_executor(), std::move(plan));

    CHECK_FALSE(made.has_value());
    CHECK_FALSE(std::filesystem::exists(place / "started"));
}

TEST_CASE("M01: lines go to a syslog daemon with user, terminal and facility")
{
    asio::io_context daemon;
    asio::ip::udp::socket socket(daemon, {asio::ip::address_v4::loopback(), 0});
    socket.non_blocking(true);
    auto plan = plan_of("echo first; printf unfinished");
    plan.id = "7";
    plan.user = "eve";
    plan.syslog = {.to = {.by = syslog::transport::udp,
                          .host = "127.0.0.1",
                          .port = std::to_string(socket.local_endpoint().port()),
                          .trusted_certificates = {}},
                   .from = syslog::facility::local3};
    opened session(std::move(plan));

    std::vector<std::string> messages;
    auto const receive = [&] {
        std::array<char, 4096> datagram;
        error_code why;
        auto const count = socket.receive(asio::buffer(datagram), 0, why);
        if (!why)
            messages.emplace_back(datagram.data(), count);
        return messages.size() == 2;
    };
    REQUIRE(session.run_until([&] { return receive() || session.loop.stopped(); }));
    while (!receive())
        REQUIRE(session.loop.run_one() > 0);

    CHECK(messages[0].starts_with("<158>1 "));  // local3.info
    CHECK(messages[0].find("user=\"eve\" terminal=\"7\"") != std::string::npos);
    CHECK(messages[0].ends_with("eve 7: first"));
    CHECK(messages[1].ends_with("eve 7: unfinished"));
    REQUIRE(session.run_to_exit());
    session.loop.run();  // what sends ends by itself
}

}  // namespace
