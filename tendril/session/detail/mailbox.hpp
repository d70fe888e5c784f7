#pragma once

/// @file
/// What other threads want typed, until the session's strand takes it. Layer: session (base, io).

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/io/executor.hpp>

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

namespace tendril::session::detail {

/// A bounded buffer between threads.
class mailbox {
public:
    /// @p take_mail runs on @p on whenever there is mail; it must not keep the session alive.
    mailbox(io::executor on, std::size_t limit_bytes, std::function<void()> take_mail);

    /// Any thread. Errors: no_buffer_space, not_connected once closed.
    [[nodiscard]] error_code put(base::byte_view bytes);

    /// The strand: the first bytes, up to @p most.
    [[nodiscard]] std::string take(std::size_t most);

    [[nodiscard]] bool empty() const;

    /// The strand: refuses and drops everything from now on.
    void close() noexcept;

private:
    io::executor on_;
    std::size_t limit_bytes_;
    std::function<void()> take_mail_;
    mutable std::mutex guard_;  // of what follows
    std::string bytes_;
    bool closed_ = false;
};

}  // namespace tendril::session::detail
