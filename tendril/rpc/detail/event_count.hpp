#pragma once

/// @file
/// Waiting for a change of something that is guarded elsewhere. Layer: rpc.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace tendril::rpc::detail {

/// When a wait gives up; nothing: never.
using deadline = std::optional<std::chrono::steady_clock::time_point>;

/// The moment that is @p timeout from now.
[[nodiscard]] inline deadline deadline_after(std::optional<std::chrono::milliseconds> timeout)
{
    return timeout ? deadline(std::chrono::steady_clock::now() + *timeout) : std::nullopt;
}

/// How long it is until then: never less than nothing.
[[nodiscard]] inline std::optional<std::chrono::milliseconds> rest_until(deadline until)
{
    if (!until)
        return std::nullopt;
    auto const rest = std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
    return std::max(rest, std::chrono::milliseconds(0));
}

/// Counts changes. Whoever waits reads the count, looks whether what he wants is there, and waits for a later
/// count: so no change is missed, whatever guards the thing itself.
///
/// Threads: any.
class event_count {
public:
    using number = std::uint64_t;

    [[nodiscard]] number now() const;

    /// Wakes all who wait.
    void advance();

    /// False when @p until came first.
    [[nodiscard]] bool wait_past(number seen, deadline until);

    /// Calls @p call once, in whatever thread, as soon as the count is past @p seen, perhaps at once. It must
    /// do no more than post. Returns what forget() takes.
    std::uint64_t when_past(number seen, std::function<void()> call);
    void forget(std::uint64_t registration);

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    number count_ = 0;
    std::uint64_t next_registration_ = 1;
    std::map<std::uint64_t, std::function<void()>> calls_;
};

}  // namespace tendril::rpc::detail
