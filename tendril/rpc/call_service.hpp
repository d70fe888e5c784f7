#pragma once

/// @file
/// Serves the calls of others: finds the function, runs it where it belongs, answers. Layer: rpc (base, wire,
/// io). Spec: docs/protocol.md "Calls"; design: docs/adr/0043-calls.md; parity rows R08, R09, R15, R16.

#include <tendril/rpc/router.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace tendril::rpc {

/// What a context takes on.
struct call_limits {
    std::size_t calls = 100'000;                      ///< waiting or running; more are refused
    std::size_t waiting_bytes = 256UL * 1024 * 1024;  ///< of their arguments
    std::size_t chains = 10'000;
};

/// What calls came to.
struct call_counters {
    std::uint64_t served = 0;
    std::uint64_t failed = 0;
    std::uint64_t refused = 0;
    std::size_t most_waiting = 0;
};

/// One call that is over, as it was measured. Lifetime of the name: the program's.
struct call_times {
    std::string_view function;  ///< empty when there is none of that name
    std::chrono::nanoseconds waited{
        0};  ///< between its arrival and its begin, or its end if it did not begin
    std::chrono::nanoseconds ran{0};
    bool has_failed = false;
};

/// Gives the executor for the next function that may block.
using work_source = std::function<io::executor()>;

/// Takes the calls that a router gets.
///
/// Functions run where they belong: those that return an awaitable, and those marked execution::at_once, on
/// the router's strand; all others on @p work, which decides how many run side by side: one thread, or a
/// pool. Without cancellation points a running function cannot be stopped, only asked (call_context::stop).
///
/// Ownership: the destructor asks running functions to stop; what they answer then is dropped.
/// Lifetime:  the router outlives it; @p work runs what it was given until the end.
/// Threads:   one object belongs to its router's strand.
class call_service {
public:
    call_service(router& via, io::executor work, call_limits limits = {});
    call_service(router& via, work_source work, call_limits limits = {});
    call_service(call_service const&) = delete;
    call_service& operator=(call_service const&) = delete;
    ~call_service();

    [[nodiscard]] call_counters const& counters() const noexcept;

    /// Tells @p told of each call that ends from now on; nobody by default, because it costs time.
    void measure(std::function<void(call_times const&)> told);

    /// Calls that wait or run.
    [[nodiscard]] std::size_t pending() const noexcept;

private:
    struct state;
    std::shared_ptr<state> state_;  // kept by functions that still run
};

}  // namespace tendril::rpc
