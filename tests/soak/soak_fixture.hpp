#pragma once

/// @file
/// What the long runs share: programs that come by the thousand, and the memory that they may not take.
/// Layer: tests.

#include <tendril/process/testing/test_child.hpp>
#include <tendril/process/transport.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::tests {

/// How long a whole run may take before it counts as hung.
inline constexpr auto run_limit = std::chrono::hours(2);

/// What the test child's `write-bytes N` writes.
[[nodiscard]] std::string written_bytes(std::size_t count);

/// Compares what a program writes with what it should, and remembers how it ended.
class comparison : public process::handler {
public:
    /// @p expected is lent.
    explicit comparison(std::string_view expected) : expected_(expected) {}

    void stdout_data(base::byte_view bytes) override;
    void stderr_data(base::byte_view) override { same_ = false; }
    void ended(process::ending const& how) override;

    [[nodiscard]] bool has_ended() const noexcept { return ended_; }

    /// Whether all of it came, in order and nothing else, from a program that succeeded.
    [[nodiscard]] bool is_complete() const noexcept
    {
        return ended_ && success_ && same_ && received_ == expected_.size();
    }

private:
    std::string_view expected_;
    std::size_t received_ = 0;
    bool same_ = true;
    bool ended_ = false;
    bool success_ = false;
};

/// Runs @p loop until @p condition holds or the run limit is over; the latter fails the case.
template <typename Condition>
void run_until(asio::io_context& loop, Condition condition)
{
    auto const limit = std::chrono::steady_clock::now() + run_limit;
    while (!condition()) {
        REQUIRE(std::chrono::steady_clock::now() < limit);
        loop.restart();
        loop.run_one_for(std::chrono::seconds(1));
    }
}

}  // namespace tendril::tests
