#pragma once

/// @file
/// A program run to its end for what it writes, in one call. Layer: process (base, io). Spec: parity row C13.

#include <tendril/io/executor.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/ending.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::process {

/// What a program wrote, and how it ended.
struct captured {
    std::string output;  ///< standard output, all of it
    std::string errors;  ///< standard error, all of it
    process::ending ending;
};

/// Whether async_output() may see anything on standard error.
enum class stderr_rule {
    is_failure,  ///< one byte there ends the program and the operation: errc::wrote_to_stderr
    is_output,   ///< it is part of the output, as it comes
    ignored,
};

/// The conditions of a run.
struct capture_options {
    std::string input = {};                                  ///< for standard input, closed after it
    std::optional<std::chrono::milliseconds> deadline = {};  ///< for program and output together
    std::size_t limit_bytes = 64 * 1024 * 1024;              ///< of output and errors together
    stderr_rule errors = stderr_rule::is_failure;            ///< for async_output() alone
};

using capture_handler = asio::any_completion_handler<void(result<captured>)>;
using output_handler = asio::any_completion_handler<void(result<std::string>)>;
using status_handler = asio::any_completion_handler<void(result<exit_status>)>;

/// Starts @p what at once and captures what it writes.
void start_capture(io::executor on, command const& what, capture_options options, capture_handler handler);
void start_output(io::executor on, command const& what, capture_options options, output_handler handler);
void start_exit_code(io::executor on, command const& what, capture_options options, status_handler handler);

/// Completes with output, errors and status of @p what once it has ended and everything it wrote is here.
///
/// Completes with a result, not an error_code: a program that does not start says which step refused.
/// Errors:  as spawn(); asio::error::timed_out at the deadline, errc::too_much_output at the limit: the
///          program is killed (with its group, when it leads one) then.
/// Cancels: terminal, partial, total; the program is killed.
template <asio::completion_token_for<void(result<captured>)> Token = asio::deferred_t>
auto async_output_and_status(io::executor on, command what, capture_options options = {}, Token&& token = {})
{
    return asio::async_initiate<Token, void(result<captured>)>(
        [](auto handler, io::executor where, command const& program, capture_options chosen) {
            start_capture(std::move(where), program, std::move(chosen), std::move(handler));
        },
        token, std::move(on), std::move(what), std::move(options));
}

/// Completes with what @p what wrote to standard output. Its exit code does not matter here.
///
/// Errors:  as async_output_and_status(); errc::wrote_to_stderr, unless told otherwise.
/// Cancels: terminal, partial, total; the program is killed.
template <asio::completion_token_for<void(result<std::string>)> Token = asio::deferred_t>
auto async_output(io::executor on, command what, capture_options options = {}, Token&& token = {})
{
    return asio::async_initiate<Token, void(result<std::string>)>(
        [](auto handler, io::executor where, command const& program, capture_options chosen) {
            start_output(std::move(where), program, std::move(chosen), std::move(handler));
        },
        token, std::move(on), std::move(what), std::move(options));
}

/// Completes with how @p what ended; what it writes is read and dropped.
///
/// Errors:  as async_output_and_status(), without a limit of output. Cancels: as there.
template <asio::completion_token_for<void(result<exit_status>)> Token = asio::deferred_t>
auto async_exit_code(io::executor on, command what, capture_options options = {}, Token&& token = {})
{
    return asio::async_initiate<Token, void(result<exit_status>)>(
        [](auto handler, io::executor where, command const& program, capture_options chosen) {
            start_exit_code(std::move(where), program, std::move(chosen), std::move(handler));
        },
        token, std::move(on), std::move(what), std::move(options));
}

}  // namespace tendril::process
