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
        auto gap = std::max(when - previous_, moment(0));
        previous_ = std::max(previous_, when);
        if (idle_limit_)
            gap = std::min(gap, *idle_limit_);
        // In doubles, so that a tiny speed cannot overflow: ten years is as long as anything waits.
        auto const wait = std::chrono::duration<double, std::nano>(gap) / speed_;
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::min<std::chrono::duration<double, std::nano>>(wait, longest_recording));
    }

private:
    double speed_;
    std::optional<moment> idle_limit_;
    moment previous_{0};
};

}  // namespace tendril::record
