#pragma once

/// @file
/// A screen for viewers who must not see everything. Layer: session (expect, term). Spec: parity rows L09,
/// M08.

#include <tendril/expect/redactor.hpp>
#include <tendril/session/log.hpp>
#include <tendril/term/terminal.hpp>

namespace tendril::session {

/// Shows what a session's own emulator shows, without what the redactor takes out. It is a log of the
/// session, and what a frame_pump is to be given in place of the session's emulator.
///
/// What may be the beginning of a match is shown with the output that follows it, or at the end. A secret
/// that is drawn with escape sequences within it is not recognised. Queries are not answered.
///
/// Lifetime: the pumps that it is given to go first.
/// Threads:  one object belongs to its session's strand.
class redacted_screen final : public log {
public:
    /// @p size is the one that the session's terminal has now.
    redacted_screen(expect::redactor what, term::grid_size size, term::terminal_limits limits = {});

    void output(moment when, base::byte_view bytes) override;
    void resized(moment when, pty::window_size size) override;
    void ended(moment when, process::exit_status how) override;

    [[nodiscard]] term::terminal const& screen() const noexcept { return screen_; }

private:
    void show();

    expect::redactor what_;
    term::terminal screen_;
    std::string passed_;
};

}  // namespace tendril::session
