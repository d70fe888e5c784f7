#pragma once

/// @file
/// A whole recording played into a terminal: its screen at any time, and its frames.
/// Layer: record (base, term). Spec: parity L07, L08.

#include <tendril/record/recording.hpp>
#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace tendril::record {

/// A picture of an animation.
struct frame {
    moment begins{0};       ///< on the animation's own clock: idle time is cut
    term::terminal screen;  ///< without history
};

/// What bounds an animation.
struct frame_limits {
    std::size_t most = 400;                           ///< beyond it, pictures are left out evenly
    moment shortest = std::chrono::milliseconds(50);  ///< faster is not seen, and costs
    std::optional<moment> idle_limit = std::chrono::seconds(2);
};

/// The frames of an animation, and when the last one ends.
struct animation {
    std::vector<frame> frames;  ///< never empty; each differs from the one before
    moment length{0};
};

/// A recording as a function from time to screen.
///
/// Total: any recording; memory is bounded by the history below and the frames asked for.
/// Cost:  every question plays the recording from its beginning.
class timeline {
public:
    /// Cells of history that are kept: 200,000 lines of 80 columns. Older lines go first.
    static constexpr std::size_t history_cells = 16'000'000;

    /// Cells of all frames of a film together: 8,000 frames of 80x24, 16 of the largest screen.
    static constexpr std::size_t film_cells = 16'000'000;

    explicit timeline(recording from) noexcept;

    [[nodiscard]] header const& head() const noexcept { return recorded_.head; }
    [[nodiscard]] std::vector<event> const& events() const noexcept { return recorded_.events; }

    /// When the last event happened.
    [[nodiscard]] moment length() const noexcept;

    /// The terminal once everything up to and at @p when has happened.
    [[nodiscard]] term::terminal screen_at(moment when) const;

    /// The terminal as a picture of the whole should show it: at the end; but where the end shows nothing new
    /// after a full-screen program, or nothing at all, the last screen before that was not blank.
    [[nodiscard]] term::terminal telling_screen() const;

    /// The recording as a film, which ends with the telling screen.
    [[nodiscard]] animation frames(frame_limits const& limits = {}) const;

private:
    struct place;
    enum class history_kept { lines, nothing };

    [[nodiscard]] screen_size largest_size() const noexcept;
    [[nodiscard]] term::terminal fresh(history_kept kept) const;
    [[nodiscard]] term::terminal screen_at_place(place const& where) const;
    [[nodiscard]] place telling_place() const;

    recording recorded_;
};

/// Lets @p happened happen to @p screen. Markers, input and what is unknown change nothing.
void apply(event const& happened, term::terminal& screen);

}  // namespace tendril::record
