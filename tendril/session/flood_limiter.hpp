#pragma once

/// @file
/// Keeps a program that floods from costing a screen for every byte: it gets the tail. Pure.
/// Layer: session (base). Spec: parity row M08.

#include <tendril/base/bytes.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tendril::session {

/// When output counts as a flood, and for how long. People read a few KiB a second; a compiler that talks or
/// a large `cat` stays within the burst.
struct flood_limits {
    std::size_t bytes_per_second = 2 * 1024 * 1024;  ///< for ever
    std::size_t burst_bytes = 16 * 1024 * 1024;      ///< and this much more at once
    std::chrono::milliseconds hold{5000};            ///< how long the screen stands still; Gate One's number
    std::size_t tail_bytes = 64 * 1024;              ///< what the screen gets after that
};

/// A bucket that leaks `bytes_per_second`. Once it holds more than the burst, the screen stands still for
/// `hold`, then shows the tail of what came meanwhile, and everything begins anew.
///
/// The clock is the caller's.
class flood_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit flood_limiter(flood_limits limits) noexcept : limits_(limits) {}

    /// Takes output. Returns whether it is for the screen; if not, its tail is kept.
    [[nodiscard]] bool passes(base::byte_view bytes, time_point now);

    /// True while the screen stands still.
    [[nodiscard]] bool engaged() const noexcept { return engaged_; }

    /// When that ends by itself. Only while engaged().
    [[nodiscard]] time_point until() const noexcept { return until_; }

    /// Ends it. Returns what the screen is to get: the last whole lines, behind a CAN, because what was cut
    /// may have begun a sequence. Empty when nothing was cut.
    [[nodiscard]] std::string release();

    /// How much no screen has seen, all in all.
    [[nodiscard]] std::uint64_t cut_bytes() const noexcept { return cut_bytes_; }

private:
    flood_limits limits_;
    double level_ = 0;  // of the bucket, in bytes
    time_point last_{};
    bool engaged_ = false;
    time_point until_{};
    std::string tail_;
    std::uint64_t held_bytes_ = 0;
    std::uint64_t cut_bytes_ = 0;
};

}  // namespace tendril::session
