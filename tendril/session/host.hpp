#pragma once

/// @file
/// A session behind a socket: clients come and go, the program goes on.
/// Layer: session (base, io, process, term). Spec: parity row M12; packet.hpp; docs/adr/0026.

#include <tendril/session/host_folder.hpp>
#include <tendril/session/session.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace tendril::session {

/// How a host serves.
struct host_options {
    std::string name = {};     ///< for the clients
    std::string command = {};  ///< what runs, for the clients
    /// How long the end of the program is kept for somebody to hear of it.
    std::chrono::seconds linger{3600};
    std::size_t most_clients = 64;  ///< one more is refused
};

/// Serves one session to the clients that connect to its socket.
///
/// The terminal has the size of the client that was there last: one that says its size, or types.
///
/// Ownership: owns the session and the name, whose socket it removes when it goes.
/// Lifetime:  the session reads by itself and @p shown is its emulator. The executor's context outlives the
///            object.
/// Threads:   one object belongs to its session's strand.
/// Pressure:  nobody waits for a client. One that looks at frames misses some; one that wants every byte has
///            1 MiB of them waiting at most and then begins anew with the whole screen. What clients type
///            waits in their sockets once the program does not read it.
class host {
public:
    host(session of, term::terminal const& shown, claimed_name at, host_options how);
    host(host const&) = delete;
    host& operator=(host const&) = delete;
    ~host();

    /// Serves until the program has ended and a client has been told so, and all that are attached; or until
    /// nobody has come for as long as the end is kept.
    ///
    /// Cancels: not at all; terminate() the session.
    [[nodiscard]] asio::awaitable<void> run();

    /// The session. Lifetime: the object's.
    [[nodiscard]] session& program() noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace tendril::session
