#pragma once

/// @file
/// A session for programs that have a loop of their own, of whatever kind, or none: they look in now and
/// then. Layer: session (base, process, term). Spec: parity row M10.

#include <tendril/session/session.hpp>

#include <memory>
#include <string>

namespace tendril::session {

/// A session whose callbacks, expectations, deadlines and logs are served inside read() only.
///
/// Ownership: owns the session and an event loop that nobody else sees.
/// Threads:   one object belongs to one thread.
class polled_session {
public:
    /// Starts a program; without an emulator, on a terminal of ours. Errors: as session::start().
    [[nodiscard]] static result<polled_session> start(start_options how,
                                                      std::unique_ptr<term::emulator> emulator = nullptr);

    polled_session(polled_session&&) noexcept;
    polled_session& operator=(polled_session&&) noexcept;
    ~polled_session();

    /// Handles what has happened until now, and never waits for more. Returns the output that went its way,
    /// 64 KiB at most: whoever polls a descriptor calls it until nothing comes.
    /// Errors: what a callback throws leaves here.
    [[nodiscard]] std::string read();

    /// True until the program has ended, as far as read() has seen.
    [[nodiscard]] bool alive() const noexcept;

    /// True once the program has ended, its output was returned, and the exit callbacks were called.
    [[nodiscard]] bool ended() const noexcept;

    /// Everything else. Not async_read(): the output comes from read().
    [[nodiscard]] session& program() noexcept;

private:
    struct state;
    explicit polled_session(std::unique_ptr<state> started) noexcept;

    std::unique_ptr<state> state_;
};

}  // namespace tendril::session
