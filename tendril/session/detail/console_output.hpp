#pragma once

/// @file
/// What a program wrote, on its way to a person's terminal or a script's pipe. Layer: session (base, io).

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/io/borrowed_stream.hpp>

#include <functional>
#include <memory>

#include <boost/asio/awaitable.hpp>

namespace tendril::session::detail {

/// A borrowed descriptor with a little queue before it, so that the program is read while the descriptor
/// takes what it wrote before.
///
/// Threads: one object belongs to its executor's strand.
class console_output {
public:
    /// @p on_broken is called once the descriptor takes no more while what was shown still waits for it.
    console_output(io::borrowed_stream to, std::function<void()> on_broken);
    console_output(console_output&&) noexcept;
    console_output& operator=(console_output&&) noexcept;
    ~console_output();

    /// Queues @p bytes and completes once there is room for more.
    /// Lifetime: @p bytes hold until completion. Errors: what broke the descriptor, operation_aborted.
    /// Cancels: terminal; what is queued stays queued.
    [[nodiscard]] asio::awaitable<error_code> show(base::byte_view bytes);

    /// Completes once all that was shown is written. Errors and cancellation: as show().
    [[nodiscard]] asio::awaitable<error_code> drained();

    /// True while something is on its way.
    [[nodiscard]] bool busy() const noexcept;

    /// What broke the descriptor; no error while it works.
    [[nodiscard]] error_code failure() const noexcept;

private:
    struct state;

    std::shared_ptr<state> state_;  // shared with the wait in flight, which may complete after we are gone
};

}  // namespace tendril::session::detail
