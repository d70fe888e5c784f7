#pragma once

/// @file
/// What a host and the coroutines that serve its clients share. Layer: session (base, io, process, term).
///
/// host.cpp: who comes, and when it is over; host_listening.cpp: what clients ask for; host_speaking.cpp:
/// what they are told.

#include <tendril/io/stream.hpp>
#include <tendril/io/task_group.hpp>
#include <tendril/session/frame_pump.hpp>
#include <tendril/session/host.hpp>
#include <tendril/session/packet.hpp>

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session {

namespace detail {

inline constexpr auto as_tuple_awaitable = asio::as_tuple(asio::use_awaitable);

/// One that has connected.
struct host_client_state : std::enable_shared_from_this<host_client_state> {
    host_client_state(io::executor on, base::unique_fd connection)
        : socket(on, std::move(connection)), wake(on, asio::steady_timer::time_point::max())
    {
    }

    io::stream socket;
    packet_reader reader;
    hello_packet hello;
    bool greeted = false;
    term::grid_size size{0, 0};  // what it wants the terminal to have; 0: no opinion
    asio::steady_timer wake;     // cancelled when there is something new to say
    std::string waiting;         // packets for who wants every byte
    term::grid_size told_size;   // behind what is waiting
    bool lost_track = true;      // it must begin anew with the whole screen
    bool exit_sent = false;
    frame_pump* frames = nullptr;  // while it is shown frames
};

}  // namespace detail

struct host::state {
    using client = detail::host_client_state;

    state(session of, term::terminal const& terminal, claimed_name at, host_options how);

    io::executor on;
    host_options options;
    claimed_name name;
    io::stream listener;
    session program;
    term::terminal const* shown;
    std::uint64_t started;  // milliseconds since 1970
    std::list<client*> clients;
    io::task_group serving;
    asio::steady_timer changed;  // cancelled when run() should look again
    asio::steady_timer room;     // never expires; cancelled when there is room for keys again
    bool drains = false;
    std::optional<process::exit_status> ended;
    std::optional<std::chrono::steady_clock::time_point> told;  // that it has ended

    // host.cpp
    asio::awaitable<void> run();
    asio::awaitable<void> accept_all();
    asio::awaitable<void> serve(std::shared_ptr<client> who);
    void on_end(process::exit_status how);

    // host_listening.cpp
    asio::awaitable<bool> greet(client* who);
    asio::awaitable<std::optional<packet>> first_packet(client* who);
    asio::awaitable<error_code> listen(client* who);
    asio::awaitable<bool> obey(client* who, packet order);
    asio::awaitable<void> type(std::string keys);
    asio::awaitable<void> watch_room();
    void adopt_size(client& who);

    // host_speaking.cpp
    asio::awaitable<void> speak(client* who);
    asio::awaitable<bool> show_frames(client* who);
    asio::awaitable<bool> show_bytes(client* who);
    asio::awaitable<void> say_end(client* who);
    asio::awaitable<bool> send(client* who, std::string bytes);
    [[nodiscard]] welcome_packet welcome() const;
};

}  // namespace tendril::session
