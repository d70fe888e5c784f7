#pragma once

/// @file
/// The settings of the terminal we run in, changed for a while. Layer: apps. Spec: termios(3).

#include <optional>

#include <termios.h>

namespace tendril::app {

/// Who turns Ctrl-C into a signal.
enum class interrupt_key { signal, byte };

/// Lets bytes through to and from a terminal as they are, until it is destroyed: no echo, no line editing, no
/// translation of line ends. Does nothing to what is no terminal.
class terminal_mode {
public:
    /// Changes the terminal behind @p fd, which outlives the object.
    terminal_mode(int fd, interrupt_key interrupts) noexcept;
    terminal_mode(terminal_mode const&) = delete;
    terminal_mode& operator=(terminal_mode const&) = delete;
    ~terminal_mode();

private:
    int fd_;
    std::optional<termios> before_;
};

}  // namespace tendril::app
