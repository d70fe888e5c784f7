#pragma once

/// @file
/// The other end of a host's socket. Layer: session (base, io, process, term). Spec: packet.hpp.

#include <tendril/base/bytes.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/session/host_folder.hpp>
#include <tendril/session/packet.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/awaitable.hpp>

namespace tendril::session {

/// A fresh terminal of this size is what the output that follows is for: clear yours.
struct host_screen {
    term::grid_size size;
};

/// Bytes for the client's terminal.
struct host_output {
    std::string bytes;
};

/// The client's terminal has this size from here on.
struct host_resized {
    term::grid_size size;
};

/// What a host tells.
using host_event = std::variant<welcome_packet, host_screen, host_output, host_resized, process::exit_status>;

/// A connection to a hosted session. Destroying it detaches; the program goes on.
///
/// Threads:  one object belongs to one strand.
/// Pressure: what is not asked for with next() waits in the socket, and the host skips frames.
class host_client {
public:
    /// Connects to @p name and says @p hello. Errors: as host_folder::connect().
    [[nodiscard]] static result<host_client> connect(io::executor on, host_folder const& in,
                                                     std::string_view name, hello_packet const& hello);

    host_client(host_client&&) noexcept;
    host_client& operator=(host_client&&) noexcept;
    ~host_client();

    /// The next thing the host says: the welcome first, the exit status last. One at a time.
    ///
    /// Errors:  eof when the host is gone without a word; protocol_error, with its reason, when it refuses
    /// us;
    ///          bad_message when it cannot be understood; the errno that broke the connection.
    /// Cancels: terminal; nothing is lost.
    [[nodiscard]] asio::awaitable<result<host_event>> next();

    /// Types @p keys. Errors: no_buffer_space when 1 MiB waits already, all or nothing; what broke the
    /// connection.
    [[nodiscard]] error_code type(base::byte_view keys);

    /// Says the size of the client's terminal. Errors: as type().
    [[nodiscard]] error_code resize(term::grid_size size);

    /// Signals the program's process group. Errors: as type().
    [[nodiscard]] error_code signal(int number);

    /// Makes the program end, by hang-up first. Errors: as type().
    [[nodiscard]] error_code terminate();

private:
    struct state;
    explicit host_client(std::unique_ptr<state> connected) noexcept;

    std::unique_ptr<state> state_;
};

}  // namespace tendril::session
