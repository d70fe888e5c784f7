#pragma once

/// @file
/// The thread in which a router lives, for programs without a loop of their own. Layer: rpc (base, io).
/// Parity row R02.

#include <tendril/io/executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace tendril::rpc {

/// An event loop on a private thread.
///
/// Lifetime: the destructor shuts it down and joins the thread. Threads: any, but join() not from its own
/// thread.
class broker {
public:
    /// Keeps the loop running, until the deadline of a shutdown, as long as the object lives.
    using keep_alive = std::shared_ptr<void>;

    broker();
    broker(broker const&) = delete;
    broker& operator=(broker const&) = delete;
    ~broker();

    /// Of the one thread; everything that is bound to it runs one after the other.
    [[nodiscard]] io::executor get_executor() const;

    /// Runs @p task in the thread, soon.
    void defer(std::function<void()> task) const;

    /// Runs @p task in the thread and waits for it; what it throws comes here. In the thread itself: at once.
    void defer_sync(std::function<void()> const& task) const;

    /// Delays the end. Each call gives another one.
    [[nodiscard]] keep_alive hold();

    /// Ends the loop: as soon as nothing holds it, and after @p grace in any case. Returns at once;
    /// idempotent.
    void shutdown(std::chrono::milliseconds grace = std::chrono::seconds(5));

    /// Waits until the thread has ended, after a shutdown().
    void join();

private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace tendril::rpc
