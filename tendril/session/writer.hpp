#pragma once

/// @file
/// Types into a session from any thread. Layer: session (base). Spec: parity row M04.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tendril::session {

namespace detail {
class mailbox;
}

/// A way into one session. Cheap to copy.
///
/// Threads:   safe from any thread, also while the session ends or is destroyed. What one thread writes
///            arrives in its order, and each write in one piece.
/// Lifetime:  the executor's context outlives the last write.
/// Pressure:  1 MiB waits at most, beside what the session itself has queued; a write that does not fit is
///            refused whole. What is accepted is lost only when the session ends first.
class writer {
public:
    static constexpr std::size_t limit_bytes = 1024 * 1024;

    /// Types @p bytes soon. Errors: no_buffer_space when too much waits already; not_connected once the
    /// terminal is closed or the session gone.
    [[nodiscard]] error_code write(base::byte_view bytes) const;

    /// Types @p line and Enter. Errors: as write().
    [[nodiscard]] error_code write_line(std::string_view line) const;

    /// Types @p lines, each with Enter: all of them or none. Errors: as write().
    [[nodiscard]] error_code write_lines(std::span<std::string const> lines) const;

    /// Used by session::make_writer().
    explicit writer(std::shared_ptr<detail::mailbox> to) noexcept;

private:
    std::shared_ptr<detail::mailbox> to_;  // shared with the session, which may go first
};

/// @p lines as they are typed: each with Enter.
[[nodiscard]] std::string typed(std::span<std::string const> lines);

}  // namespace tendril::session
