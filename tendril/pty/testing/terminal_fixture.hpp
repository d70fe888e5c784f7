#pragma once

/// @file
/// A terminal with a program on it and a test in the user's chair. Layer: pty (base, io, process); for tests.

#include <tendril/process/reap.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <string>
#include <string_view>

#include <poll.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace tendril::pty::testing {

/// Waits until @p fd has an event or ten seconds are over.
inline bool await_event(int fd, short events)
{
    ::pollfd waited{fd, events, 0};
    return ::poll(&waited, 1, 10'000) == 1;
}

/// Owns the master; the program leads a session on the slave, which stays open here so that the terminal can
/// be looked at after its end.
class terminal_fixture {
public:
    explicit terminal_fixture(process::command what, pair_options const& options = {})
    {
        auto opened = open(options);
        REQUIRE(opened.has_value());
        terminal = std::move(*opened);
        found = attributes();
        what.group = process::grouping::own_session;
        what.controlling_terminal = terminal.slave.get();
        what.descriptors = {{0, terminal.slave.get()}, {1, terminal.slave.get()}, {2, terminal.slave.get()}};
        auto started = process::spawn(what);
        REQUIRE(started.has_value());
        program = std::move(*started);
    }
    terminal_fixture(terminal_fixture const&) = delete;
    terminal_fixture& operator=(terminal_fixture const&) = delete;
    ~terminal_fixture()
    {
        if (program.pidfd) {
            ::kill(-program.pid, SIGKILL);
            process::reap_ended(program.pidfd.get());
        }
    }

    void type(std::string_view text)
    {
        REQUIRE(base::write_all(terminal.master.get(), base::bytes_of(text), "the terminal").has_value());
    }

    /// Reads until @p text has come, and forgets everything up to its end. What came before it is returned.
    std::string await(std::string_view text)
    {
        for (;;) {
            if (auto const at = seen.find(text); at != std::string::npos) {
                auto before = seen.substr(0, at);
                seen.erase(0, at + text.size());
                return before;
            }
            CAPTURE(text);
            CAPTURE(seen);
            REQUIRE(await_event(terminal.master.get(), POLLIN));
            std::array<char, 4096> chunk;
            auto const count = ::read(terminal.master.get(), chunk.data(), chunk.size());
            REQUIRE(count > 0);
            seen.append(chunk.data(), static_cast<std::size_t>(count));
        }
    }

    process::exit_status wait()
    {
        REQUIRE(await_event(program.pidfd.get(), POLLIN));
        auto const told = process::try_reap(program.pidfd.get());
        REQUIRE(told.over);
        program.pidfd.reset();
        return told.status;
    }

    [[nodiscard]] ::termios attributes() const
    {
        auto const now = attributes_of(terminal.slave.get());
        REQUIRE(now.has_value());
        return *now;
    }

    [[nodiscard]] bool is_as_found() const
    {
        auto const now = attributes();
        return now.c_iflag == found.c_iflag && now.c_oflag == found.c_oflag && now.c_lflag == found.c_lflag &&
               now.c_cflag == found.c_cflag;
    }

    pair terminal;
    ::termios found{};
    process::spawned program;
    std::string seen;
};

}  // namespace tendril::pty::testing
