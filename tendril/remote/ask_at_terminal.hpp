#pragma once

/// @file
/// Asks the person who started us. Layer: remote (base, io, pty). Spec: parity row K17.

#include <tendril/remote/conversation.hpp>

#include <string>

namespace tendril::remote {

/// A responder that shows each question on @p terminal and reads the answer there, without echo. Several at
/// once are asked one after the other, also through copies. Ctrl-C and an empty Ctrl-D mean: nobody answers.
/// So does a terminal that is not there, or where another job is in the foreground.
///
/// Threads: all that ask through it run on one thread, see pty::raw_terminal.
/// Cancels: the terminal is given back as it was found.
[[nodiscard]] responder ask_at_terminal(std::string terminal = "/dev/tty");

}  // namespace tendril::remote
