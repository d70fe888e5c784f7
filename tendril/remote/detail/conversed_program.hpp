#pragma once

/// @file
/// A carrier over a local program that may ask something on its terminal: ssh, sudo, su, doas.
/// Layer: remote (base, io, process, pty). Design: docs/adr/0041-ssh.md.

#include <tendril/process/command.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/remote/carrier.hpp>
#include <tendril/remote/detail/conversation.hpp>
#include <tendril/remote/detail/last_lines.hpp>

#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace tendril::remote::detail {

/// What the program's terminal is. In each case the stream is a socket, so that bytes pass unchanged, and
/// standard error is a pipe, so that what the far end says cannot pose as a prompt.
enum class terminal_use {
    none,         ///< it has none: it cannot ask
    controlling,  ///< it opens /dev/tty to ask; descriptors 0 and 1 are the stream, 2 is the pipe
    standard,     ///< descriptors 0 to 2 are the terminal; 3 is the stream, 4 is the pipe
};

/// Who else may write to that terminal.
enum class terminal_share {
    own,     ///< nobody, ever
    passed,  ///< the far program, once it runs: its first output ends the conversation
};

/// How a program ended, for explaining it.
struct program_ending {
    process::exit_status status;
    std::deque<std::string> const& lines;           ///< what was said last on standard error, as it was said
    std::deque<std::string> const& terminal_lines;  ///< and on its terminal
    bool has_answered;
};

/// What such an ending means.
struct explanation {
    connect_failure what;
    std::string words;
};

/// A program to be started and how to understand it.
struct conversed_plan {
    std::string target;
    process::command what;  ///< program, arguments and environment; the rest is overruled
    terminal_use terminal = terminal_use::none;
    terminal_share share = terminal_share::own;
    std::shared_ptr<answers const> known;
    std::function<prompt_kind(std::string_view text)> kind_of;
    std::function<asio::awaitable<bool>(std::string text)> may_know = {};
    std::function<explanation(program_ending const&)> explain;
    /// What of the last lines on standard error are its own words about why it ends; none when empty.
    std::function<std::string(std::deque<std::string> const& lines)> last_words = {};
    line_handler on_line;  ///< gets what it says on standard error
};

/// Starts it. Errors: cannot_start.
[[nodiscard]] std::expected<std::unique_ptr<carrier>, connect_error> start_conversed(io::executor on,
                                                                                     conversed_plan plan);

}  // namespace tendril::remote::detail
