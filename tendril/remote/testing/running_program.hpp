#pragma once

/// @file
/// One run of testing/context_program.cpp: what it says, and its end. Layer: remote (io, process); for tests.

#include <tendril/io/executor.hpp>
#include <tendril/process/output.hpp>
#include <tendril/process/piped_child.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::remote::testing {

/// One run of the program: what it says, line by line, and its end.
class running_program {
public:
    explicit running_program(std::vector<std::string> arguments, std::vector<std::string> more = {})
    {
        arguments.insert(arguments.begin(), TENDRIL_CONTEXT_PROGRAM);
        auto what = process::command_of(arguments);
        for (auto const& each : more)
            what.environment.set(each.substr(0, each.find('=')), each.substr(each.find('=') + 1));
        auto started = process::launch_piped(loop_.get_executor(), what);
        REQUIRE(started);
        child_.emplace(std::move(*started));
        child_->close(0);
        read(1, said_);
        read(2, complained_);
        child_->async_wait([this](error_code why, process::exit_status status) {
            REQUIRE_FALSE(why);
            ended_ = status;
        });
    }

    /// Waits until @p happened.
    void until(std::function<bool()> const& happened)
    {
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!happened() && std::chrono::steady_clock::now() < deadline) {
            loop_.restart();
            loop_.run_one_for(std::chrono::milliseconds(50));
        }
        INFO(said_.text);
        INFO(complained_.text);
        REQUIRE(happened());
    }

    int status()
    {
        until([&] { return ended_ && said_.is_over && complained_.is_over; });
        return ended_->shell_code();
    }

    std::string const& output() const { return said_.text; }
    std::string const& errors() const { return complained_.text; }
    std::vector<std::string> lines() const
    {
        std::vector<std::string> all;
        std::istringstream text(said_.text);
        for (std::string line; std::getline(text, line);)
            all.push_back(line);
        return all;
    }
    process::piped_child& child() { return *child_; }

private:
    struct stream_text {
        std::string text;
        bool is_over = false;
        std::array<std::byte, 4096> buffer;
    };

    void read(int fd, stream_text& into)
    {
        child_->async_read_some(fd, into.buffer, [this, fd, &into](error_code why, std::size_t count) {
            into.text += base::text_of(std::span(into.buffer).first(count));
            into.is_over = static_cast<bool>(why);
            if (!why)
                read(fd, into);
        });
    }

    asio::io_context loop_;
    std::optional<process::piped_child> child_;
    stream_text said_;
    stream_text complained_;
    std::optional<process::exit_status> ended_;
};

/// The processes that a chain printed, the topmost first.
inline std::vector<pid_t> processes_in(running_program const& program)
{
    std::vector<pid_t> all;
    for (auto const& each : program.lines())
        if (!each.empty() && each.find_first_not_of("0123456789") == std::string::npos)
            all.push_back(std::stoi(each));
    return all;
}

/// True while a process of ours runs there, be it frozen; not for one that is dead and not yet reaped.
inline bool runs(pid_t process)
{
    if (::kill(process, 0) < 0)
        return false;
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(stat, text);
    auto const end = text.rfind(')');
    return end != std::string::npos && text.substr(end + 2, 1) != "Z" && text.substr(end + 2, 1) != "X";
}

}  // namespace tendril::remote::testing
