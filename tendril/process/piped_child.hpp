#pragma once

/// @file
/// A program behind pipes: reads, writes and a wait, each an asynchronous operation.
/// Layer: process (base, io). Spec: parity rows C03, C06 to C08.

#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>
#include <tendril/process/descriptor_map.hpp>
#include <tendril/process/stop_policy.hpp>

#include <expected>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::process {

/// One running program and our ends of its pipes. The numbers are those that the program sees.
///
/// Ownership: owns program and pipes; the destructor closes the pipes and ends the program, as `child` says.
/// Threads:   distinct objects are safe; one object belongs to one strand.
class piped_child {
public:
    /// Used by launch_piped().
    piped_child(child program, std::map<int, io::stream> pipes, std::string name);
    piped_child(piped_child&&) noexcept;
    piped_child& operator=(piped_child&&) noexcept;
    ~piped_child();

    /// Reads what the program wrote to @p fd, up to `into.size()` bytes, waiting for the first one.
    ///
    /// Lifetime: `into` stays valid until completion. One read of a descriptor at a time.
    /// Errors:   asio::error::eof at the end; errc::not_connected for a descriptor without an open pipe.
    /// Cancels:  terminal, partial, total; a cancelled read consumes nothing.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_read_some(int fd, std::span<std::byte> into, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, int which, std::span<std::byte> buffer) {
                start_read(which, buffer, std::move(handler));
            },
            token, fd, into);
    }

    /// Writes all of @p bytes to what the program reads as @p fd.
    ///
    /// Lifetime: `bytes` stays valid until completion. One write to a descriptor at a time.
    /// Errors:   broken_pipe when the program closed it, never SIGPIPE; errc::not_connected as above. The
    ///           count says what was written.
    /// Cancels:  terminal, partial, total; the count says what was written.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_write(int fd, base::byte_view bytes, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, int which, base::byte_view buffer) {
                start_write(which, buffer, std::move(handler));
            },
            token, fd, bytes);
    }

    /// As child::async_wait: the program's end, not that of its output.
    template <asio::completion_token_for<void(error_code, exit_status)> Token = asio::deferred_t>
    auto async_wait(Token&& token = {})
    {
        return program_->async_wait(std::forward<Token>(token));
    }

    /// Climbs @p ladder until the program has ended. Errors: as async_wait().
    /// Cancels: terminal, partial, total; no further step is taken then.
    template <asio::completion_token_for<void(error_code, exit_status)> Token = asio::deferred_t>
    auto async_terminate(stop_policy ladder, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, exit_status)>(
            [this](auto handler, stop_policy steps) {
                start_terminate(std::move(steps), std::move(handler));
            },
            token, std::move(ladder));
    }

    /// Closes our end of @p fd; what it is doing ends with operation_aborted. Idempotent.
    void close(int fd) noexcept;

    /// Our end of @p fd; null when it is closed or never was. Lifetime: until close(fd).
    [[nodiscard]] io::stream* pipe(int fd) noexcept;

    /// The program below: pid, signals, how it ended.
    [[nodiscard]] child& program() noexcept { return *program_; }
    [[nodiscard]] child const& program() const noexcept { return *program_; }

    /// `process 4711 "wc"`.
    [[nodiscard]] std::string description() const;

    [[nodiscard]] io::executor get_executor() const { return program_->get_executor(); }

private:
    void start_read(int fd, std::span<std::byte> into, io::transfer_handler handler);
    void start_write(int fd, base::byte_view bytes, io::transfer_handler handler);
    void start_terminate(stop_policy ladder, wait_handler handler);

    std::shared_ptr<child> program_;  // a ladder being climbed looks at it, weakly
    std::map<int, io::stream> pipes_;
    std::string name_;
};

/// Spawns @p what with @p map as its descriptors; those of the command are overruled.
/// Errors: as spawn(), and what open_pipes() reports.
[[nodiscard]] std::expected<piped_child, spawn_error>
launch_piped(io::executor on, command what, descriptor_map const& map = standard_pipes());

}  // namespace tendril::process
