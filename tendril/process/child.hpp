#pragma once

/// @file
/// A running program of ours: waited for and signalled by pidfd, so never confused with a stranger.
/// Layer: process (base, io). Spec: pidfd_open(2), pidfd_send_signal(2), waitid(2) P_PIDFD; rows C05, C08,
/// C14.

#include <tendril/base/error.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/process/ending.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/process/spawn.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include <sys/types.h>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::process {

/// What a wait ends with.
using wait_handler = asio::any_completion_handler<void(error_code, exit_status)>;

/// Whom a signal is for.
enum class audience {
    program,  ///< the program alone
    group,    ///< its process group, which it leads
};

/// One child process. No SIGCHLD handler, no waitpid(-1): other code's children stay theirs.
///
/// Ownership: owns the process. The destructor kills it (SIGKILL; the whole group when it leads one) and
/// reaps
///            it, waiting at most 0.2 s; a process that the kernel cannot end sooner is reaped by a later
///            spawn or destructor. Pending waits complete with operation_aborted.
/// Lifetime:  the executor's context outlives the object.
/// Threads:   distinct objects are safe; one object belongs to one strand.
class child {
public:
    /// Takes over @p started. @p reach says whom the destructor kills.
    child(io::executor on, spawned started, audience reach = audience::program);
    child(child&&) noexcept;
    child& operator=(child&&) noexcept;
    ~child();

    /// The process id; stays what it was after the end.
    [[nodiscard]] pid_t pid() const noexcept;

    /// How it ended, as far as a wait has seen it.
    [[nodiscard]] std::optional<exit_status> ended() const noexcept;

    /// What it consumed, as far as a wait has seen its end.
    [[nodiscard]] std::optional<resource_usage> usage() const noexcept;

    /// From the start to the moment a wait saw the end; until now while it runs.
    [[nodiscard]] std::chrono::nanoseconds wall_time() const noexcept;

    /// Completes once the program has ended and is reaped; at once (but never inline) when it is already.
    ///
    /// Errors:  errc::status_lost when somebody else reaped it.
    /// Cancels: terminal, partial, total; the program goes on and can be waited for again.
    template <asio::completion_token_for<void(error_code, exit_status)> Token = asio::deferred_t>
    auto async_wait(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, exit_status)>(
            [this](auto handler) { start_wait(std::move(handler)); }, token);
    }

    /// Sends @p number. Errors: no_such_process once it is reaped, never a recycled process id.
    [[nodiscard]] result<void> signal(int number);

    /// Sends @p number to the process group that the program leads. Errors: as signal().
    [[nodiscard]] result<void> signal_group(int number);

    /// From now on, kills (SIGKILL) what is left of the program's group at the moment its end is noticed: the
    /// last one at which the group's number cannot be a stranger's. For a program that leads a group.
    void sweep_group_at_end() noexcept;

    [[nodiscard]] io::executor get_executor() const;

private:
    struct state;
    void start_wait(wait_handler handler);

    std::shared_ptr<state>
        state_;  // shared with the wait in flight, which may complete after the child is gone
};

/// Spawns @p what as a child whose completions run on @p on. A program that leads a group or session takes
/// its whole group with it when the object dies. Errors: as spawn().
[[nodiscard]] std::expected<child, spawn_error> launch(io::executor on, command const& what);

}  // namespace tendril::process
