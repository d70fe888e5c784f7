#pragma once

/// @file
/// The event face of a program: what we do to it. What it does is told to a `handler`.
/// Layer: process (base, io). Spec: parity rows C01, C04, C06 to C12.

#include <tendril/process/descriptor_map.hpp>
#include <tendril/process/handler.hpp>
#include <tendril/process/producer.hpp>
#include <tendril/process/running_program.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tendril::process {

/// The limits of a transport.
struct transport_options {
    std::size_t limit_bytes = 16 * 1024 * 1024;  ///< queued for one descriptor; a write beyond is refused
    std::size_t high_water_bytes = 64 * 1024;    ///< a push producer is paused above it
    std::size_t low_water_bytes = 16 * 1024;     ///< and resumed at or below it
    /// How long the streams may stay silent after the program's end before they are closed for `ended`. A
    /// background job that keeps a pipe open delays it without end otherwise.
    std::optional<std::chrono::milliseconds> drain_patience = {};
};

/// A running program with its streams. Calls never block and never call the handler.
///
/// Ownership: owns the program: destroying the transport ends it, as `child` says, and no event comes any
///            more. The handler is lent.
/// Lifetime:  the executor's context outlives the object.
/// Threads:   one object belongs to one strand, which its executor is.
class transport {
public:
    /// Takes over @p what. Used by spawn() and its like for other kinds of streams.
    transport(io::executor on, connected_program what, handler& events, transport_options const& limits = {});
    transport(transport const&) = delete;
    transport& operator=(transport const&) = delete;
    ~transport();

    /// The process id; stays what it was after the end.
    [[nodiscard]] pid_t pid() const noexcept;

    /// `process 4711 "wc"`.
    [[nodiscard]] std::string description() const;

    /// `process 4711 "wc" fd 1`.
    [[nodiscard]] std::string description(int fd) const;

    /// Queues @p bytes for descriptor @p fd behind everything written before. What the pipe takes leaves at
    /// once; only the rest is copied.
    ///
    /// Errors: errc::not_connected when it is closed, closing or not written by us; no_buffer_space beyond
    ///         the limit, nothing of @p bytes is queued then; broken_pipe when the program closed it.
    result<void> write(int fd, base::byte_view bytes);

    /// Queues several pieces as one. Errors: as write().
    result<void> write_sequence(int fd, std::span<base::byte_view const> pieces);

    /// write() to standard input.
    result<void> write(base::byte_view bytes) { return write(0, bytes); }
    result<void> write(std::string_view text) { return write(0, base::bytes_of(text)); }

    /// What is queued for @p fd and not yet in the pipe.
    [[nodiscard]] std::size_t queued_bytes(int fd) const noexcept;

    /// Closes our end of @p fd: a written one after what is queued has gone out and its producer has been
    /// unregistered, a read one at once. Idempotent.
    ///
    /// Errors: errc::not_connected when it never was ours; operation_not_supported for one direction of a
    ///         terminal, which has no half-close.
    result<void> close(int fd);
    result<void> close_stdin() { return close(0); }
    result<void> close_stdout() { return close(1); }
    result<void> close_stderr() { return close(2); }

    /// Closes everything once what is queued has gone out. The program goes on; it may notice.
    void lose_connection();

    /// Closes everything at once; what is queued is lost.
    void drop_connection();

    /// Why our end of @p fd was closed: eof, broken_pipe, timed_out, an errno; no error when we did it or
    /// while it is open.
    [[nodiscard]] error_code why_closed(int fd) const noexcept;

    /// Reads no more, so that the pipes fill and the program waits. Nothing is lost. Idempotent.
    void pause();

    /// Reads again. Idempotent.
    void resume();

    /// Closes every descriptor that we read: the program gets broken_pipe from now on.
    void stop();

    /// Lets @p source feed @p fd. One at a time.
    ///
    /// A pull source is asked at once; a source for a closed descriptor is stopped - both from the executor.
    /// Errors: already_connected when there is one; errc::not_connected when @p fd never was ours to write.
    result<void> register_producer(int fd, producer& source, production way);

    /// Hands back plain writing. A close() that waited for it goes on.
    void unregister_producer(int fd);

    /// Sends @p number to the program. Errors: no_such_process once it has ended, never a stranger.
    result<void> signal(int number, audience whom = audience::program);

    /// Sends the signal called @p name: "KILL". Errors: as signal(); errc::unknown_signal.
    result<void> signal(std::string_view name, audience whom = audience::program);

    /// Starts to climb @p ladder; a later call starts anew. `exited` tells when it worked.
    /// Errors: as signal() for its first step.
    result<void> terminate(stop_policy ladder = {});

    /// How it ended, once `exited` is due.
    [[nodiscard]] std::optional<ending> ended() const noexcept;

    /// Our end of @p fd, for ioctl; -1 when closed. Lifetime: until closed() of it.
    [[nodiscard]] int native_handle(int fd) noexcept;

    [[nodiscard]] io::executor get_executor() const;

private:
    class state;
    std::shared_ptr<state> state_;  // shared with the operations in flight
};

/// Starts @p what with @p map as its descriptors - those of the command are overruled - and tells @p events
/// what happens to it; the first event comes after the return.
///
/// Errors: as spawn(command); no event comes then.
[[nodiscard]] std::expected<std::unique_ptr<transport>, spawn_error>
spawn(io::executor on, handler& events, command what, descriptor_map const& map = standard_pipes(),
      transport_options const& limits = {});

}  // namespace tendril::process
