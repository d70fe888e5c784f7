#pragma once

/// @file
/// A person's terminal, or a script's pipes, attached to a session: what the program would have had without
/// us. Layer: session (base, io, pty). Spec: parity rows P04-P06; docs/guide/run.md.

#include <tendril/base/error.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/pty/window_size.hpp>
#include <tendril/session/session.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include <termios.h>

#include <boost/asio/awaitable.hpp>

namespace tendril::session {

/// What standard input and output are.
struct surroundings {
    bool input_is_terminal = false;
    bool output_is_terminal = false;
    std::optional<pty::window_size>
        size;  ///< of the first of standard input, output and error that is a terminal

    /// Looks at descriptors 0, 1 and 2.
    [[nodiscard]] static surroundings detect();

    /// The terminal that a program would find here: the person's settings where there are any, no echo where
    /// the input is not typed, UTF-8 input on. Errors: the errno of the call that failed.
    [[nodiscard]] result<pty::pair_options> terminal_for_program() const;
};

/// How input that nobody types, from a pipe or a file, reaches the program.
struct piped_input {
    /// Input without a single byte, such as /dev/null, says nothing: only when there was any does its end
    /// count.
    enum class end { always_counts, counts_after_input } at_end = end::always_counts;
    /// Awaited before the first byte and before the end, so that a question which is still to come does not
    /// take either for its answer. May be empty.
    std::function<asio::awaitable<void>()> until;
};

/// Copies keys in and output out, follows the window size, stops and continues with the program (Ctrl-Z),
/// passes INT, TERM, HUP and QUIT on to it, and leaves the person's terminal as it was.
///
/// Output that goes to a file or pipe gets its newlines back: what the terminal made CR LF is written as LF.
///
/// Ownership: borrows descriptors 0 and 1 and the session; all outlive the object.
/// Threads:   signal dispositions belong to the process: one console at a time, on the session's strand.
class console {
public:
    /// Takes the terminal over (raw mode, when standard input is one). @p escape_key, when given, ends the
    /// relay and is not typed. Errors: the errno of what failed.
    [[nodiscard]] static result<console> open(session& to, surroundings found, piped_input piped,
                                              std::optional<std::byte> escape_key = std::nullopt);

    console(console&&) noexcept;
    console& operator=(console&&) noexcept;
    ~console();

    /// Copies until the program's output has ended and is written.
    ///
    /// Returns the error that ended it early: broken_pipe when nobody reads standard output any more, and the
    /// program is hung up then; operation_aborted at the escape key, after which the session reads by itself.
    /// Cancels: terminal; the program's terminal stays open.
    [[nodiscard]] asio::awaitable<error_code> relay();

    /// Brings the person's terminal back to sane defaults where a program that died left it otherwise, and
    /// out of raw mode.
    [[nodiscard]] result<void> restore();

private:
    struct state;
    explicit console(std::unique_ptr<state> opened) noexcept;

    std::unique_ptr<state> state_;
};

}  // namespace tendril::session
