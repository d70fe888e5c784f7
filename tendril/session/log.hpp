#pragma once

/// @file
/// Where a session's output is written as it happens. Layer: session (base, process, pty). Spec: parity row
/// L01.

#include <tendril/base/bytes.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/pty/window_size.hpp>

#include <chrono>

namespace tendril::session {

/// Time since the session started, by a clock that never goes back.
using moment = std::chrono::nanoseconds;

/// A log of one session. A log that cannot go on says so in its own way; the session never stops for it.
class log {
public:
    virtual ~log() = default;

    /// The program wrote @p bytes. What is typed is never told.
    virtual void output(moment when, base::byte_view bytes) = 0;

    /// The terminal has a new size.
    virtual void resized(moment when, pty::window_size size) = 0;

    /// The program has ended and all its output was told.
    virtual void ended(moment when, process::exit_status how) = 0;

protected:
    log() = default;
    log(log const&) = default;
    log& operator=(log const&) = default;
};

}  // namespace tendril::session
