#pragma once

/// @file
/// Tells what happened on a terminal's screen since one last asked. Layer: term. Spec: parity T07.

#include <tendril/term/terminal.hpp>

#include <cstdint>

namespace tendril::term {

/// What happened, however many feeds it took.
struct screen_change {
    bool cells = false;          ///< lines that are shown may differ, scrolling and another size included
    bool cursor = false;         ///< it moved, or looks different
    std::uint64_t scrolled = 0;  ///< lines that went from the screen to the history

    [[nodiscard]] bool any() const noexcept { return cells || cursor || scrolled != 0; }
    bool operator==(screen_change const&) const = default;
};

/// One watcher's memory of a terminal. The terminal knows nothing of its watchers, so that they cost nothing
/// while it is fed: ask after a feed, or at the pace of a display. Which lines changed say
/// row::generation() and row::identity().
class screen_watch {
public:
    /// Sees @p now as it is: only later changes are told.
    explicit screen_watch(terminal const& now);

    /// What happened since the last call. Cost: comparing two numbers when the terminal was not fed; else a
    /// comparison for each line of the screen.
    [[nodiscard]] screen_change changes(terminal const& now);

private:
    std::uint64_t generation_ = 0;
    std::uint64_t pushed_ = 0;
    grid_size size_{};
    screen_kind shown_ = screen_kind::primary;
    term::cursor cursor_;
};

}  // namespace tendril::term
