#pragma once

/// @file
/// Messages on their way to a daemon. Layer: syslog (base, io). Spec: RFC 5424 to 5426, RFC 6587; parity L06.

#include <tendril/base/bytes.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/syslog/endpoint.hpp>
#include <tendril/syslog/line_cutter.hpp>
#include <tendril/syslog/message.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::syslog {

namespace detail {
class connection;
}

/// Sends lines to one daemon, over a connection that is made when there is something to say and made again
/// when it is lost.
///
/// Ownership: the one who spawns run() cancels it and waits for it before the sender goes.
/// Threads:   one object belongs to one strand.
/// Pressure:  `queue_bytes` of messages wait at most; what does not fit is dropped and counted, and the count
///            is a message of its own once there is room. Nobody ever waits for the daemon.
/// Errors:    none reach the caller; problem() tells the last. A message that a dead stream has taken but not
///            delivered is lost without a count, as RFC 6587 has it.
class sender {
public:
    static constexpr std::size_t queue_bytes = 256 * 1024;

    sender(io::executor on, endpoint to, identity who);
    sender(sender const&) = delete;
    sender& operator=(sender const&) = delete;
    ~sender();

    /// Takes what a program wrote; whole lines are messages of severity info.
    void output(base::byte_view bytes);

    /// Sends the last line of a program that did not end it.
    void finish_line();

    /// Sends one line, which holds no control characters.
    void send(severity how, std::string_view line);

    /// Sends what is queued until it is cancelled. Spawn it once. Cancels: terminal; the queue stays.
    [[nodiscard]] asio::awaitable<void> run();

    /// Completes once the queue is empty and everything was handed to the system; run() goes on.
    [[nodiscard]] asio::awaitable<void> drained();

    [[nodiscard]] std::uint64_t sent_messages() const noexcept { return sent_; }
    [[nodiscard]] std::uint64_t dropped_messages() const noexcept { return dropped_; }

    /// Why the last connection failed; empty while all is well.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

private:
    void enqueue(severity how, std::string_view line);
    asio::awaitable<bool> connect();
    void disconnect(error_code why);

    io::executor executor_;
    endpoint to_;
    identity who_;
    line_cutter lines_;
    std::deque<std::string> queue_;
    std::size_t queued_bytes_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t dropped_ = 0;
    std::uint64_t unsaid_drops_ = 0;
    std::string problem_;
    std::shared_ptr<detail::connection> connection_;
    asio::steady_timer wake_;  // never expires; cancelled to wake run()
    asio::steady_timer idle_;  // never expires; cancelled to wake drained()
};

}  // namespace tendril::syslog
