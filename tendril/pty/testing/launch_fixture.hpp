#pragma once

/// @file
/// A launched program, its output as it comes, and waits that fail instead of hanging.
/// Layer: pty (base, io, process); for tests.

#include <tendril/pty/launch.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::pty::testing {

/// A launched program, and what it has written so far.
struct launched {
    explicit launched(process::command what, job_control jobs, pty::pair_options const& terminal = {})
        : running(start(std::move(what), jobs, terminal))
    {
        read_on();
    }

    pty::terminal_child start(process::command what, job_control jobs, pty::pair_options const& terminal)
    {
        auto started =
            pty::launch(loop.get_executor(), std::move(what), {.terminal = terminal, .jobs = jobs});
        REQUIRE(started.has_value());
        return std::move(*started);
    }

    void read_on()
    {
        running.master.async_read_some(buffer, [this](error_code why, std::size_t count) {
            output.append(reinterpret_cast<char const*>(buffer.data()), count);
            end_of_output = why;
            if (!why)
                read_on();
        });
    }

    /// Runs the loop until @p condition holds; a deadline makes that a failure instead of a hang.
    template <typename Condition>
    void run_until(Condition condition)
    {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        CAPTURE(output);
        while (!condition()) {
            REQUIRE(std::chrono::steady_clock::now() < limit);
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
        }
    }

    void await(std::string_view text)
    {
        run_until([&] { return output.find(text) != std::string::npos; });
        output.erase(0, output.find(text) + text.size());
    }

    void type(std::string_view keys)
    {
        bool written = false;
        running.master.async_write_some(base::bytes_of(keys), [&](error_code why, std::size_t count) {
            CHECK_FALSE(why);
            CHECK(count == keys.size());
            written = true;
        });
        run_until([&] { return written; });
    }

    process::exit_status wait()
    {
        std::optional<process::exit_status> ended;
        running.process.async_wait([&](error_code why, process::exit_status status) {
            CHECK_FALSE(why);
            ended = status;
        });
        run_until([&] { return ended.has_value(); });
        return *ended;
    }

    int wait_stop()
    {
        std::optional<int> stopped;
        running.process.async_wait_stop([&](error_code why, int number) {
            CHECK_FALSE(why);
            stopped = number;
        });
        run_until([&] { return stopped.has_value(); });
        return *stopped;
    }

    void await_end_of_output()
    {
        run_until([&] { return static_cast<bool>(end_of_output); });
        CHECK(end_of_output == error_code(asio::error::eof));
    }

    asio::io_context loop;
    std::array<std::byte, 8192> buffer;
    std::string output;
    error_code end_of_output;
    pty::terminal_child running;
};

}  // namespace tendril::pty::testing
