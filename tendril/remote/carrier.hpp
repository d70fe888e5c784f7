#pragma once

/// @file
/// What carries bytes to a far program and back. Layer: remote (base, io). Parity rows K01 to K15.

#include <tendril/io/stream.hpp>
#include <tendril/remote/connect_error.hpp>

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote {

/// Gets each line as it was said, without its end; one of more than 4 KiB comes in pieces. It may destroy the
/// carrier.
using line_handler = std::function<void(std::string_view line)>;

/// A program of this machine (ssh, sudo, a shell) through which we speak with a program of the far end, and
/// the conversation about passwords and keys that may go on beside.
///
/// Ownership: the destructor ends the local program and everything that belongs to it.
/// Threads:   one object belongs to one strand.
class carrier {
public:
    carrier() = default;
    carrier(carrier const&) = delete;
    carrier& operator=(carrier const&) = delete;
    virtual ~carrier() = default;

    /// The far program's standard input and output; whatever its shell says before comes here, too.
    /// Lifetime: the object.
    [[nodiscard]] virtual io::stream& stream() noexcept = 0;

    /// Completes once this way is known to lead nowhere: a refused password, a program that ended.
    /// One wait at a time. Cancels: terminal, partial, total.
    [[nodiscard]] virtual asio::awaitable<connect_error> failure() = 0;

    /// Hands on each further line of standard error, the far program's and that of the program here.
    virtual void also_tell(line_handler told) = 0;

    /// Why it has come to its end, if the program here has said so already; for errors. Empty when it has
    /// not.
    [[nodiscard]] virtual std::string last_words() { return {}; }

    /// `ssh:web1`, for errors and logs.
    [[nodiscard]] virtual std::string description() const = 0;
};

/// Starts a shell line somewhere. It returns as soon as the local program runs: what is asked on the way is
/// answered while the caller already writes.
using way_in = std::function<std::expected<std::unique_ptr<carrier>, connect_error>(
    io::executor on, std::string const& shell_line)>;

}  // namespace tendril::remote
