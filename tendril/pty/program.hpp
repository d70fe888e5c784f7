#pragma once

/// @file
/// A program on a terminal of ours: waited for, signalled, and - under a monitor - stopped and resumed.
/// Layer: pty (base, io, process). Spec: POSIX.1-2024 XBD 11.1.4; setpgid(2) "orphaned process group".

#include <tendril/base/error.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/process/child.hpp>
#include <tendril/process/exit_status.hpp>

#include <memory>
#include <optional>
#include <utility>

#include <sys/types.h>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::pty {

namespace detail {
struct controlled_program;
}

/// What a wait for a stop ends with.
using stop_handler = asio::any_completion_handler<void(error_code, int)>;

/// The program that launch() started.
///
/// Ownership: owns it. The destructor kills its process group and reaps; pending waits complete with
///            operation_aborted.
/// Lifetime:  the executor's context outlives the object.
/// Threads:   distinct objects are safe; one object belongs to one strand.
class program {
public:
    /// Used by launch().
    explicit program(std::unique_ptr<detail::controlled_program> started) noexcept;
    program(program&&) noexcept;
    program& operator=(program&&) noexcept;
    ~program();

    /// The program's own process id, never the monitor's.
    [[nodiscard]] pid_t pid() const noexcept;

    /// Completes once the program has ended; at once (but never inline) when it has already. Its output may
    /// still be unread then: the stream's eof says when that is over.
    ///
    /// Errors:  process::errc::status_lost when somebody else reaped it, or killed its monitor.
    /// Cancels: terminal, partial, total; the program goes on.
    template <asio::completion_token_for<void(error_code, process::exit_status)> Token = asio::deferred_t>
    auto async_wait(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, process::exit_status)>(
            [this](auto handler) { start_wait(std::move(handler)); }, token);
    }

    /// Completes with the signal (SIGTSTP, SIGSTOP, SIGTTIN, SIGTTOU) once the program is stopped; at once
    /// (but never inline) when it is stopped already and nobody was told. One at a time.
    ///
    /// Errors:  operation_not_supported without job_control::monitored; no_such_process when the program ends
    ///          or has ended.
    /// Cancels: terminal, partial, total; a stop that nobody was told of is kept for the next wait.
    template <asio::completion_token_for<void(error_code, int)> Token = asio::deferred_t>
    auto async_wait_stop(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, int)>(
            [this](auto handler) { start_wait_stop(std::move(handler)); }, token);
    }

    /// Puts the program's group in the terminal's foreground and continues it (SIGCONT).
    /// Errors: no_such_process once it has ended.
    [[nodiscard]] result<void> resume();

    /// Sends @p number to the program. Errors: no_such_process once it has ended.
    [[nodiscard]] result<void> signal(int number);

    /// Sends @p number to the program's process group. Errors: as signal().
    [[nodiscard]] result<void> signal_group(int number);

    /// As child::sweep_group_at_end().
    void sweep_group_at_end();

    /// What it consumed, once a wait has seen its end.
    [[nodiscard]] std::optional<process::resource_usage> usage() const noexcept;

    [[nodiscard]] io::executor get_executor() const;

private:
    void start_wait(process::wait_handler handler);
    void start_wait_stop(stop_handler handler);

    std::unique_ptr<detail::controlled_program> controlled_;
};

}  // namespace tendril::pty
