#pragma once

/// @file
/// A session that a test runs to its end, with a deadline. Layer: session, for tests only.

#include <tendril/session/session.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::session::testing {

/// What `sh -c SCRIPT` starts with.
inline start_options shell(std::string script)
{
    return {.program = process::command{.program = "sh",
                                        .arguments = {"-c", std::move(script)},
                                        .environment = process::environment::inherit()},
            .launch = {}};
}

/// Starts it, on our terminal unless there is another emulator.
inline session started(asio::io_context& on, start_options how,
                       std::unique_ptr<term::emulator> emulator = nullptr)
{
    auto const size = how.launch.terminal.size;
    if (!emulator)
        emulator = std::make_unique<term::terminal>(term::grid_size{size.columns, size.rows});
    auto made = session::start(on.get_executor(), std::move(how), std::move(emulator));
    REQUIRE(made.has_value());
    return std::move(*made);
}

/// An event loop with a deadline.
struct patient_loop {
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

    asio::io_context loop;
};

/// A session that nobody reads from but itself; update callbacks collect what it shows.
struct hosted_session : patient_loop {
    explicit hosted_session(std::string script) : hosted_session(shell(std::move(script))) {}

    explicit hosted_session(start_options how) : program(started(loop, std::move(how)))
    {
        program->on_update([this](base::byte_view chunk) { output += base::text_of(chunk); });
        program->on_exit([this](process::exit_status how_it_ended) { status = how_it_ended; });
        program->keep_reading();
    }

    [[nodiscard]] bool run_until_shown(std::string_view text)
    {
        return run_until([&] { return output.find(text) != std::string::npos; });
    }

    [[nodiscard]] bool run_to_exit()
    {
        return run_until([this] { return status.has_value(); });
    }

    std::string output;
    std::optional<process::exit_status> status;
    std::optional<session> program;
};

/// A session that is read from; everything it writes is collected.
struct driven_session : patient_loop {
    explicit driven_session(std::string script, std::unique_ptr<term::emulator> emulator = nullptr)
        : program(started(loop, shell(std::move(script)), std::move(emulator)))
    {
        read_on();
    }

    /// Runs until the output has ended and the program is reaped.
    [[nodiscard]] bool run_to_end()
    {
        program.async_wait([this](error_code, process::exit_status how) { status = how; });
        return run_until([this] { return end && status; });
    }

    std::string output;
    std::optional<error_code> end;
    std::optional<process::exit_status> status;
    session program;

private:
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
