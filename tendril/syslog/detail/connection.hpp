#pragma once

/// @file
/// A way to a daemon: opened, written to, found dead. Private to the layer.
/// Layer: syslog (base, io). Spec: RFC 5426, RFC 6587, RFC 5425.

#include <tendril/base/error.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/syslog/endpoint.hpp>

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace tendril::syslog::detail {

/// One attempt to reach a daemon. Ownership: shared with its own pending read, which ends when it is closed.
class connection {
public:
    virtual ~connection() = default;

    /// Errors: of the name look-up, of connect, of the handshake.
    virtual asio::awaitable<error_code> open() = 0;

    /// Writes one message, whole. Errors: of write.
    virtual asio::awaitable<error_code> write(std::string message) = 0;

    /// True once the other side has hung up.
    [[nodiscard]] virtual bool is_dead() const noexcept { return false; }

    /// Ends everything pending.
    virtual void close() noexcept = 0;

protected:
    connection() = default;
    connection(connection const&) = default;
    connection& operator=(connection const&) = default;
};

[[nodiscard]] std::shared_ptr<connection> make_datagram_connection(io::executor on, endpoint const& to);
[[nodiscard]] std::shared_ptr<connection> make_stream_connection(io::executor on, endpoint const& to);

/// Errors come from open(): certificates that cannot be read too.
[[nodiscard]] std::shared_ptr<connection> make_tls_connection(io::executor on, endpoint const& to);

}  // namespace tendril::syslog::detail
