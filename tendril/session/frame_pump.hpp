#pragma once

/// @file
/// One viewer of a session, kept up to date at its own pace. Layer: session (base, io, term).
/// Spec: parity row M08; docs/layers/term-differences.md.

#include <tendril/base/error.hpp>
#include <tendril/session/session.hpp>
#include <tendril/term/difference.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::session {

/// What takes a viewer from the last frame to this one.
struct viewer_frame {
    std::string bytes;             ///< for the viewer's terminal
    term::grid_size size;          ///< which that must have before it gets them
    std::uint64_t skipped = 0;     ///< updates of the session that it sees no frame of its own for
    bool is_behind_flood = false;  ///< session::limits_flood() is true: the screen stands still
};

/// What a wait for a frame ends with.
using frame_handler = asio::any_completion_handler<void(error_code, viewer_frame)>;

/// How a viewer is served.
struct viewer_options {
    term::client_abilities can = {};
    /// Frames come no faster than this; one after a pause comes at once.
    std::chrono::milliseconds pace{16};
};

/// Asks for a difference when its sink is ready: whoever is slow gets fewer frames, never a queue of them.
///
/// Lifetime: the session and its terminal outlive the object and stay where they are.
/// Threads:  one object belongs to its session's strand.
/// Pressure: holds one frame, what the viewer shows. Nobody waits for a viewer.
class frame_pump {
public:
    /// Serves a viewer that shows nothing yet. @p shown is the session's emulator.
    frame_pump(session& of, term::terminal const& shown, viewer_options how = {});
    frame_pump(frame_pump&&) noexcept;
    frame_pump& operator=(frame_pump&&) noexcept;
    ~frame_pump();

    /// Completes with the next frame, once something has changed since the last one. One at a time.
    ///
    /// Errors:  asio::error::eof when the session has ended and the last frame was given.
    /// Cancels: terminal, partial, total; no change is lost.
    template <asio::completion_token_for<void(error_code, viewer_frame)> Token = asio::deferred_t>
    auto async_next(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, viewer_frame)>(
            [this](auto handler) { start_next(std::move(handler)); }, token);
    }

    /// The viewer's screen is unknown from now on: the next frame paints all of it.
    void forget();

private:
    struct state;
    void start_next(frame_handler handler);

    std::shared_ptr<state> state_;  // shared with callbacks and a timer in flight
};

}  // namespace tendril::session
