#pragma once

/// @file
/// Somebody else's descriptor - standard input, standard output - used asynchronously without
/// leaving it changed. Layer: io (base). Spec: open(2) "open file descriptions", proc_pid_fd(5), epoll_ctl(2)
/// EPERM.

#include <tendril/io/stream.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace tendril::io {

/// Which way a borrowed descriptor is used.
enum class direction { read, write };

/// A descriptor that other processes may share. O_NONBLOCK belongs to the open file description, so setting
/// it on a shell's terminal would break the shell: a terminal or pipe is opened anew, a regular file is used
/// as it is, and only what cannot be opened anew (a socket) is made non-blocking until destruction.
///
/// Ownership: never closes the descriptor it was given; restores its flags.
/// Threads:   distinct objects are safe; one object belongs to one strand.
class borrowed_stream {
public:
    /// Borrows @p fd, which outlives the object. Errors: the errno of fstat, open or dup.
    [[nodiscard]] static result<borrowed_stream> open(executor on, int fd, direction way);

    borrowed_stream(borrowed_stream&&) noexcept;
    borrowed_stream& operator=(borrowed_stream&&) noexcept;
    ~borrowed_stream();

    /// Reads as stream::async_read_some does; eof at the end of a file.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_read_some(std::span<std::byte> into, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::span<std::byte> buffer) { start_read(buffer, std::move(handler)); },
            token, into);
    }

    /// Writes as stream::async_write_some does.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_write_some(base::byte_view bytes, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, base::byte_view buffer) { start_write(buffer, std::move(handler)); }, token,
            bytes);
    }

    /// The stream behind it, for a queue of writes; null when the descriptor is always ready.
    /// Lifetime: until the object is destroyed; moving it keeps the stream where it is.
    [[nodiscard]] stream* pollable() noexcept;

    /// Completes pending operations with operation_aborted.
    void cancel() noexcept;

    [[nodiscard]] executor get_executor();

private:
    struct state;
    explicit borrowed_stream(std::unique_ptr<state> opened) noexcept;
    void start_read(std::span<std::byte> into, transfer_handler handler);
    void start_write(base::byte_view bytes, transfer_handler handler);

    std::unique_ptr<state> state_;
};

}  // namespace tendril::io
