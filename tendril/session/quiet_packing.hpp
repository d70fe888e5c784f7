#pragma once

/// @file
/// Packs a terminal's history while its program is silent. Layer: session (base, io, term).
/// Spec: docs/adr/0024-cold-history.md; parity row M12.

#include <tendril/session/session.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace tendril::session {

/// When a history is packed, and how much of it.
struct packing_options {
    /// The program has been silent for this long, and for no more than twice as long.
    std::chrono::milliseconds after{10'000};
    std::size_t spared_lines = 1000;  ///< the newest: what somebody who looks back sees first
    /// Called each time all of it is packed. May be empty.
    std::function<void()> on_packed = {};
};

/// Watches a session and has the old lines of its terminal compressed in moments when nothing else happens.
///
/// Lifetime: the session and its terminal outlive the object and stay where they are.
/// Threads:  one object belongs to its session's strand.
/// Pressure: one turn of the loop packs at most 128 KiB, which takes less than 2 ms; output comes in between.
/// Cost:     nothing while the program is silent and all is packed; a flag for each piece of output.
class quiet_packing {
public:
    /// @p shown is the session's emulator.
    quiet_packing(session& of, term::terminal& shown, packing_options how = {});
    quiet_packing(quiet_packing const&) = delete;
    quiet_packing& operator=(quiet_packing const&) = delete;
    ~quiet_packing();

private:
    struct state;
    session* of_;
    callback_id update_;
    std::shared_ptr<state> state_;  // a timer that has run out may outlive us
};

}  // namespace tendril::session
