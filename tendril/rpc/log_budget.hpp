#pragma once

/// @file
/// How many records of one kind come to the log. Pure. Layer: rpc. Parity rows R05 and R18.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tendril::rpc {

/// Some at once, then one a second; the rest are counted, so that a flood can be seen and fills nothing.
class log_budget {
public:
    using clock = std::chrono::steady_clock;
    static constexpr int at_once = 10;

    /// True when one more may be told at @p now, a time that never goes back.
    [[nodiscard]] bool takes(clock::time_point now) noexcept
    {
        auto const seconds = std::chrono::floor<std::chrono::seconds>(now - last_).count();
        if (seconds > 0) {
            left_ = seconds >= at_once ? at_once : std::min(at_once, left_ + static_cast<int>(seconds));
            last_ = now;
        }
        if (left_ > 0) {
            --left_;
            return true;
        }
        ++untold_;
        return false;
    }

    /// How many were not told since this was asked last.
    [[nodiscard]] std::uint64_t untold() noexcept { return std::exchange(untold_, 0); }

private:
    clock::time_point last_{};
    int left_ = at_once;
    std::uint64_t untold_ = 0;
};

}  // namespace tendril::rpc
