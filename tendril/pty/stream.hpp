#pragma once

/// @file
/// The master side of a pseudo-terminal as an asynchronous byte stream.
/// Layer: pty (base, io, process). Spec: pty(7); ioctl_tty(2); rows P06, P07.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/pty/window_size.hpp>

#include <cstddef>
#include <span>
#include <utility>

#include <sys/types.h>
#include <termios.h>

namespace tendril::pty {

/// What we read is what the program wrote; what we write is what the user typed.
///
/// Ownership: owns the master; closing it discards what is unread and hangs the program up (SIGHUP).
/// Threads:   distinct objects are safe; one object belongs to one strand.
class stream {
public:
    /// Takes over @p master and makes it non-blocking.
    stream(io::executor on, base::unique_fd master);

    /// Reads what the program wrote, up to `into.size()` bytes (the kernel hands out at most 4095 at once).
    ///
    /// Lifetime: `into` stays valid until completion. One read at a time.
    /// Errors:   asio::error::eof once every slave descriptor is closed (Linux says EIO, BSD 0), after the
    /// last
    ///           byte. That is the end of output; neither a hang-up event nor the program's exit is.
    /// Cancels:  terminal, partial, total; a cancelled read consumes nothing.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_read_some(std::span<std::byte> into, Token&& token = {})
    {
        return master_.async_read_some(into, std::forward<Token>(token));
    }

    /// Writes some of @p bytes, at least one. Lifetime: `bytes` stays valid until completion.
    ///
    /// In canonical mode the kernel drops what goes beyond 4095 bytes of a line: see canonical_slices.
    /// Errors:  the errno of write(2). Cancels: as read; the count says what was written.
    template <asio::completion_token_for<void(error_code, std::size_t)> Token = asio::deferred_t>
    auto async_write_some(base::byte_view bytes, Token&& token = {})
    {
        return master_.async_write_some(bytes, std::forward<Token>(token));
    }

    /// Reads what is there now. Errors: would_block when there is nothing, eof as async_read_some.
    [[nodiscard]] std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept;

    /// The window size of the terminal.
    [[nodiscard]] result<window_size> size();

    /// Tells the kernel, and so the foreground group (SIGWINCH), a new size. Never blocks.
    [[nodiscard]] result<void> resize(window_size size);

    /// The attributes that the program sees and sets.
    [[nodiscard]] result<::termios> attributes();

    /// Changes them under the program's hands.
    [[nodiscard]] result<void> set_attributes(::termios const& attributes);

    /// The process group that the keyboard's signals go to.
    /// Errors: no_such_process when there is none (yet, or any more).
    [[nodiscard]] result<pid_t> foreground_group();

    /// The stream below, for an io::write_queue.
    [[nodiscard]] io::stream& lowest_layer() noexcept { return master_; }

    /// Completes pending operations with operation_aborted.
    void cancel() noexcept { master_.cancel(); }

    /// Cancels and closes. Idempotent.
    void close() noexcept { master_.close(); }

    [[nodiscard]] bool is_open() const noexcept { return master_.is_open(); }

    [[nodiscard]] io::executor get_executor() { return master_.get_executor(); }

private:
    io::stream master_;
};

}  // namespace tendril::pty
