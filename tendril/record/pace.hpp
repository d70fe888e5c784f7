#pragma once

/// @file
/// How long a player waits. Pure: the clock is the player's. Layer: record (base). Spec: asciicast
/// "idle_time_limit".

#include <tendril/record/recording.hpp>

#include <algorithm>
#include <optional>

namespace tendril::record {

/// Turns the times of a recording into waits: idle time cut to a limit first, then divided by the speed.
class pace {
public:
    /// @p speed 2 plays twice as fast; it is positive. Without @p idle_limit every pause is kept.
    explicit pace(double speed = 1, std::optional<moment> idle_limit = std::nullopt) noexcept
        : speed_(speed), idle_limit_(idle_limit)
    {
    }

    /// How long to wait between the event before and this one, at @p when.
    [[nodiscard]] std::chrono::nanoseconds wait_until(moment when) noexcept
    {
        auto const gap = std::max(when - previous_, moment(0));
        previous_ = std::max(previous_, when);
        return wait_for(gap);
    }

    /// How long @p gap of the recording takes.
    [[nodiscard]] std::chrono::nanoseconds wait_for(moment gap) const noexcept
    {
        if (idle_limit_)
            gap = std::min(gap, *idle_limit_);
        // In doubles, so that a tiny speed cannot overflow: ten years is as long as anything waits.
        auto const wait = std::chrono::duration<double, std::nano>(gap) / speed_;
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::min<std::chrono::duration<double, std::nano>>(wait, longest_recording));
    }

    /// Counts from the beginning again.
    void rewind() noexcept { previous_ = moment(0); }

    [[nodiscard]] double speed() const noexcept { return speed_; }

    /// Another speed for the waits from now on; positive.
    void set_speed(double speed) noexcept { speed_ = speed; }

private:
    double speed_;
    std::optional<moment> idle_limit_;
    moment previous_{0};
};

}  // namespace tendril::record
