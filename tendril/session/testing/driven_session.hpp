#pragma once

/// @file
/// A session that a test runs to its end, with a deadline. Layer: session, for tests only.

#include <tendril/session/session.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::session::testing {

/// `sh -c SCRIPT` in a session, everything it writes collected.
struct driven_session {
    explicit driven_session(std::string script, std::unique_ptr<term::emulator> emulator = nullptr)
        : program(started(loop, std::move(script), std::move(emulator)))
    {
        read_on();
    }

    /// Runs the loop until @p done says so. False after 20 seconds: a hang, not a measurement.
    template <typename Done>
    [[nodiscard]] bool run_until(Done done)
    {
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!done()) {
            loop.restart();
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            loop.run_one_until(deadline);
        }
        return true;
    }

    /// Runs until the output has ended and the program is reaped.
    [[nodiscard]] bool run_to_end()
    {
        program.async_wait([this](error_code, process::exit_status how) { status = how; });
        return run_until([this] { return end && status; });
    }

    asio::io_context loop;
    std::string output;
    std::optional<error_code> end;
    std::optional<process::exit_status> status;
    session program;

private:
    static session started(asio::io_context& on, std::string script, std::unique_ptr<term::emulator> emulator)
    {
        if (!emulator)
            emulator = std::make_unique<term::terminal>(term::grid_size{80, 24});
        start_options how{.program = process::command{.program = "sh",
                                                      .arguments = {"-c", std::move(script)},
                                                      .argv0 = {},
                                                      .environment = process::environment::inherit(),
                                                      .working_directory = {},
                                                      .controlling_terminal = {},
                                                      .foreground_terminal = {}},
                          .launch = {}};
        auto made = session::start(on.get_executor(), std::move(how), std::move(emulator));
        REQUIRE(made.has_value());
        return std::move(*made);
    }

    void read_on()
    {
        program.async_read([this](error_code why, base::byte_view chunk) {
            output += base::text_of(chunk);
            if (why)
                end = why;
            else
                read_on();
        });
    }
};

}  // namespace tendril::session::testing
