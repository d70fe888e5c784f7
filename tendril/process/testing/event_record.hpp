#pragma once

/// @file
/// A handler that writes down what it is told, and a loop that runs until something has happened.
/// Layer: process (base, io); for tests.

#include <tendril/process/transport.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::process::testing {

/// Runs @p loop until @p condition holds; a deadline makes that a failure instead of a hang.
template <typename Condition>
void run_until(asio::io_context& loop, Condition condition)
{
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        REQUIRE(std::chrono::steady_clock::now() < limit);
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(100));
    }
}

/// Every event as a word, every output as text; hooks are called after the note is made.
class event_record : public handler {
public:
    void connected(transport& to) override
    {
        note("connected");
        if (on_connected)
            on_connected(to);
    }

    void data(int fd, base::byte_view bytes) override
    {
        text[fd] += base::text_of(bytes);
        note("data " + std::to_string(fd));
        if (on_data)
            on_data(fd);
    }

    void closed(int fd) override
    {
        note("closed " + std::to_string(fd));
        if (on_closed)
            on_closed(fd);
    }

    void exited(process::ending const& how) override
    {
        exit = how;
        note("exited");
        if (on_exited)
            on_exited();
    }

    void ended(process::ending const& how) override
    {
        end = how;
        note("ended");
        if (on_ended)
            on_ended();
    }

    /// How often @p event happened. Repeated data of one descriptor counts once.
    [[nodiscard]] std::size_t count(std::string const& event) const
    {
        std::size_t found = 0;
        for (auto const& each : events)
            found += each == event;
        return found;
    }

    std::vector<std::string> events;
    std::map<int, std::string> text;
    std::optional<process::ending> exit;
    std::optional<process::ending> end;
    std::function<void(transport&)> on_connected;
    std::function<void(int)> on_data;
    std::function<void(int)> on_closed;
    std::function<void()> on_exited;
    std::function<void()> on_ended;

private:
    void note(std::string event)
    {
        if (events.empty() || events.back() != event)
            events.push_back(std::move(event));
    }
};

/// A program, its transport and the record of its events.
struct recorded {
    explicit recorded(command const& what, descriptor_map const& map = standard_pipes(),
                      transport_options const& limits = {})
    {
        auto started = process::spawn(loop.get_executor(), record, what, map, limits);
        REQUIRE(started.has_value());
        program = std::move(*started);
    }

    template <typename Condition>
    void run_until(Condition condition)
    {
        testing::run_until(loop, condition);
    }

    void await(std::string const& words, int fd = 1)
    {
        run_until([&] { return record.text[fd].find(words) != std::string::npos; });
    }

    exit_status run_to_end()
    {
        run_until([&] { return record.end.has_value(); });
        CHECK(record.events.front() == "connected");
        CHECK(record.events.back() == "ended");
        CHECK(record.count("exited") == 1);
        CHECK(record.count("ended") == 1);
        return record.end->status;
    }

    asio::io_context loop;
    event_record record;
    std::unique_ptr<transport> program;
};

/// A shell that runs @p script with our environment; $CHILD is the test child.
inline command shell(std::string const& script, std::string const& test_child)
{
    command made;
    made.program = "/bin/sh";
    made.arguments = {"-c", script};
    made.environment = environment::inherit();
    made.environment.set("CHILD", test_child);
    return made;
}

}  // namespace tendril::process::testing
