#pragma once

/// @file
/// A script gives its program to a person and takes it back. Layer: session (base, io, pty, term).
/// Spec: parity row X13; what Expect and pexpect call interact.

#include <tendril/base/error.hpp>
#include <tendril/session/session.hpp>

#include <cstddef>

#include <boost/asio/awaitable.hpp>

namespace tendril::session {

/// How the person's turn ended.
enum class turn_end {
    escape_key,     ///< the program goes on, and the script with it
    end_of_output,  ///< of the program
};

/// How the person gets the program.
struct turn_options {
    std::byte escape_key{0x1d};  ///< Ctrl-], as in telnet and pexpect
};

/// Attaches the person at descriptors 0 and 1 to @p with until the escape key is typed: shows the screen
/// first, gives the program the size of the person's terminal, and leaves that as it was. Without a terminal
/// at descriptor 0 its bytes are typed, the escape key among them.
///
/// What the person sees goes the usual way, so expectations match it, and a dialogue that goes on afterwards
/// begins behind the last match. What is typed behind the escape key in one go is dropped. The session reads
/// by itself from then on, until somebody else does. Errors:  the errno of what failed; broken_pipe when
/// nobody reads descriptor 1 any more. Threads: as console: one at a time in a process. Cancels: terminal;
/// the program goes on.
[[nodiscard]] asio::awaitable<result<turn_end>> interact(session* with, turn_options how = {});

}  // namespace tendril::session
