#pragma once

/// @file
/// A session's screen in a terminal of any size. Layer: apps.

#include <tendril/term/difference.hpp>
#include <tendril/term/frame.hpp>
#include <tendril/term/terminal.hpp>

#include <string>

namespace tendril::app {

/// Passes a session's frames on as they are while the person's terminal has the session's size, and cuts them
/// to it while another client decides about that: to the lines around the cursor, and to their left part.
class fitted_view {
public:
    explicit fitted_view(term::client_abilities can) : can_(can) {}

    /// What follows is for a fresh terminal of the session's @p size.
    void begin(term::grid_size size);

    /// The session has this @p size from here on.
    void resize(term::grid_size size) { seen_.resize(size); }

    /// The bytes for the person's terminal, which has the size @p window, when the session's would get
    /// @p bytes.
    [[nodiscard]] std::string show(std::string bytes, term::grid_size window);

    /// What brings the person's terminal back to sane defaults.
    [[nodiscard]] std::string leave_sequence() const { return seen_.leave_sequence(); }

private:
    // The next frame paints what lies beyond what was cut; laying lines out anew would only move them.
    static constexpr term::terminal_limits cutting{.history_lines = 0,
                                                   .on_resize = term::resize_policy::clip};

    term::client_abilities can_;
    term::terminal seen_{{}, cutting};  // the session's screen
    term::terminal cut_{{}, cutting};   // what is shown of it while the sizes differ
    term::frame shown_;                 // of cut_
    term::grid_size window_;
    bool is_cut_ = false;
};

}  // namespace tendril::app
