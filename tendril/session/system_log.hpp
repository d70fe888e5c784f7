#pragma once

/// @file
/// A session's log as messages to a syslog daemon. Layer: session (base, io, syslog). Spec: parity row L06.

#include <tendril/io/executor.hpp>
#include <tendril/session/log.hpp>
#include <tendril/syslog/endpoint.hpp>
#include <tendril/syslog/message.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace tendril::session {

/// Sends whole lines of output. Nobody waits for the daemon: see syslog::sender.
///
/// Lifetime: the executor's context outlives the object by `patience`: that long, what is queued when the
///           session ends or the object goes may take to leave.
/// Threads:  one object belongs to its session's strand.
class system_log final : public log {
public:
    static constexpr std::chrono::seconds patience{5};

    system_log(io::executor on, syslog::endpoint to, syslog::identity who);
    ~system_log() override;

    void output(moment when, base::byte_view bytes) override;
    void resized(moment when, pty::window_size size) override;
    void ended(moment when, process::exit_status how) override;

    /// Why lines have not reached the daemon, as far as its transport tells; empty while all is well.
    [[nodiscard]] std::optional<std::string> problem() const;

private:
    struct line;
    std::shared_ptr<line> line_;  // shared with the coroutine that sends
};

}  // namespace tendril::session
