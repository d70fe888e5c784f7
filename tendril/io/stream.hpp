#pragma once

/// @file
/// An owned descriptor as an asynchronous byte stream. Layer: io (base).

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/io/executor.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace tendril::io {

/// What a read or a write ends with.
using transfer_handler = asio::any_completion_handler<void(error_code, std::size_t)>;

/// What a wait for readiness ends with.
using ready_handler = asio::any_completion_handler<void(error_code)>;

/// What a descriptor can become ready for.
enum class readiness {
    readable,  ///< a read would not block: there is something, or the end
    writable,  ///< a write would take at least one byte, or fail
    broken,    ///< the other end is gone: nobody reads this pipe any more
};

/// A pollable descriptor of our own: a pipe end, a socket, a pty master.
///
/// Ownership: owns the descriptor; the destructor cancels what is pending and closes it.
/// Threads:   distinct objects are safe; one object belongs to one strand.
class stream {
public:
    /// Takes over @p descriptor and makes its open file description non-blocking.
    stream(executor on, base::unique_fd descriptor);
    stream(stream&&) noexcept = default;
    stream& operator=(stream&& other) noexcept;
    ~stream();

    /// Reads what there is, up to `into.size()` bytes, waiting for the first one.
    ///
    /// Lifetime: `into` stays valid until completion. One read at a time.
    /// Errors:   asio::error::eof at the end, a master's too; otherwise the errno of read(2).
    /// Cancels:  terminal, partial, total; a cancelled read consumes nothing.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_read_some(std::span<std::byte> into, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::span<std::byte> buffer) { start_read(buffer, std::move(handler)); },
            token, into);
    }

    /// Writes some of @p bytes, at least one. Lifetime: `bytes` stays valid until completion.
    ///
    /// Errors:  the errno of write(2); never SIGPIPE, whatever the program does with that signal.
    /// Cancels: terminal, partial, total; the count says what was written.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_write_some(base::byte_view bytes, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, base::byte_view buffer) { start_write(buffer, std::move(handler)); }, token,
            bytes);
    }

    /// Reads what is there now. Errors: would_block when there is nothing, eof at the end (a master's too).
    [[nodiscard]] std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept;

    /// Writes what the descriptor takes now of @p pieces, in order, gathered into one system call.
    ///
    /// At most 64 pieces are looked at. Returns how many bytes went out.
    /// Errors: would_block when it takes nothing; the errno of writev(2); never SIGPIPE.
    [[nodiscard]] std::size_t try_write(std::span<base::byte_view const> pieces, error_code& why) noexcept;

    /// Completes once the descriptor is ready for @p what, without a transfer.
    /// Cancels: terminal, partial, total.
    template <asio::completion_token_for<void(error_code)> Token = asio::deferred_t>
    auto async_wait(readiness what, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, readiness until) { start_wait(until, std::move(handler)); }, token, what);
    }

    /// Completes pending operations with operation_aborted.
    void cancel() noexcept;

    /// Cancels and closes. Idempotent.
    void close() noexcept;

    [[nodiscard]] bool is_open() const noexcept { return descriptor_->is_open(); }

    /// The descriptor, for ioctl. Lifetime: until close() or destruction.
    [[nodiscard]] int native_handle() noexcept { return descriptor_->native_handle(); }

    [[nodiscard]] executor get_executor() { return descriptor_->get_executor(); }

private:
    void start_read(std::span<std::byte> into, transfer_handler handler);
    void start_write(base::byte_view bytes, transfer_handler handler);
    void start_wait(readiness what, ready_handler handler);

    /// Shared with a transfer that was woken but has not run yet when the stream is destroyed.
    std::shared_ptr<asio::posix::stream_descriptor> descriptor_;
};

}  // namespace tendril::io
