#pragma once

/// @file
/// Somebody's terminal in raw mode, given back on every way out.
/// Layer: pty (base, io, process). Spec: termios(3), signal-safety(7); row P05.

#include <tendril/base/error.hpp>

#include <cstddef>

#include <termios.h>

namespace tendril::pty {

/// What raw mode does to the terminal's output.
enum class output_handling {
    raw,   ///< bytes pass unchanged: what is written is another terminal's output already
    kept,  ///< as found: others write ordinary text to this terminal meanwhile
};

/// Who turns Ctrl-C and its like into a signal.
enum class interrupt_key {
    byte,    ///< nobody: it is read like any other key
    signal,  ///< the terminal, as it does for any program: nobody reads the keys
};

/// Holds the terminal behind a descriptor in raw mode.
///
/// The terminal gets its attributes back when the object dies (so on return and on exceptions), and by signal
/// handlers: before SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGPIPE end the program, where the program left them
/// at their default; before SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT go to whoever handled them before;
/// and while SIGTSTP has stopped the program. SIGCONT puts it into raw mode again. The handlers are there
/// while at least one object is; earlier handlers are put back. Two objects may hold one terminal: the signal
/// handlers undo what the later one did first.
///
/// Ownership: borrows the descriptor, which outlives the object.
/// Threads:   signal handlers belong to the process: make and destroy these objects on one thread.
class raw_terminal {
public:
    /// Enters raw mode on @p fd. Errors: ENOTTY; too_many_files_open beyond 8 terminals at once.
    [[nodiscard]] static result<raw_terminal> enter(int fd, output_handling output = output_handling::raw,
                                                    interrupt_key interrupts = interrupt_key::byte);

    raw_terminal(raw_terminal&& other) noexcept;
    raw_terminal& operator=(raw_terminal&& other) noexcept;
    ~raw_terminal();

    /// Gives the terminal back as it was found, for a while. Idempotent. Errors: the errno of tcsetattr.
    [[nodiscard]] result<void> suspend();

    /// Enters raw mode again after suspend(). What the terminal's owner changed meanwhile is what is given
    /// back in the end. Idempotent. Errors: as enter().
    [[nodiscard]] result<void> resume();

    /// The attributes that will be given back.
    [[nodiscard]] ::termios found() const noexcept;

private:
    explicit raw_terminal(std::size_t slot) noexcept;

    std::size_t slot_;
};

}  // namespace tendril::pty
