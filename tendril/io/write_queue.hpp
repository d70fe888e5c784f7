#pragma once

/// @file
/// Bytes on their way to a descriptor: in order, bounded, never blocking. Layer: io (base).

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/io/stream.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>

namespace tendril::io {

/// Queues bytes for a stream and writes them as the descriptor allows.
///
/// Ownership: the stream must outlive the queue; destroying the queue drops what is queued.
/// Threads:   one object belongs to its stream's strand.
/// Pressure:  push() refuses beyond `limit_bytes`; async_drain() is how a well-behaved producer waits.
class write_queue {
public:
    explicit write_queue(stream& to, std::size_t limit_bytes = 1024 * 1024);
    write_queue(write_queue const&) = delete;
    write_queue& operator=(write_queue const&) = delete;
    ~write_queue();

    /// Queues a copy of @p bytes behind everything pushed before.
    ///
    /// Errors: no_buffer_space beyond the limit (nothing is queued then); the error that broke the stream.
    [[nodiscard]] error_code push(base::byte_view bytes);

    /// Queues @p pieces as one: what the descriptor takes at once is gathered from where it lies, only the
    /// rest is copied. Errors: as push() of their sum.
    [[nodiscard]] error_code push(std::span<base::byte_view const> pieces);

    /// Completes once the queue is empty, or with the error that broke the stream. One wait at a time, of
    /// this kind or the next: a new one ends the former with operation_aborted.
    /// Cancels: terminal, partial, total; the queue goes on.
    template <asio::completion_token_for<void(error_code)> Token>
    auto async_drain(Token&& token)
    {
        return async_wait_below(0, std::forward<Token>(token));
    }

    /// Completes once at most @p mark_bytes are queued: the low-water mark of a producer. As async_drain().
    template <asio::completion_token_for<void(error_code)> Token>
    auto async_wait_below(std::size_t mark_bytes, Token&& token)
    {
        return asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, std::size_t mark) { start_wait_below(mark, std::move(handler)); }, token,
            mark_bytes);
    }

    /// Drops what is queued, as if the stream had broken with @p why: for one whose other end is gone without
    /// an error. A terminal that nobody reads from says that it is full and, to whoever waits, that it has
    /// hung up.
    void give_up(error_code why);

    [[nodiscard]] std::size_t queued_bytes() const noexcept;

    /// What broke the stream; no error while it works.
    [[nodiscard]] error_code failure() const noexcept;

private:
    struct state;
    void start_wait_below(std::size_t mark_bytes, asio::any_completion_handler<void(error_code)> handler);

    std::shared_ptr<state>
        state_;  // shared with the write in flight, which may complete after the queue is gone
};

}  // namespace tendril::io
