#pragma once

/// @file
/// Coroutines that belong to somebody: whoever spawns them joins them. Layer: io (base).

#include <tendril/io/executor.hpp>

#include <cstddef>
#include <exception>
#include <list>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::io {

/// Runs coroutines side by side on one executor.
///
/// Lifetime: join() before the object dies; what the coroutines refer to outlives that.
/// Threads:  one object belongs to one strand.
class task_group {
public:
    explicit task_group(executor on);
    task_group(task_group const&) = delete;
    task_group& operator=(task_group const&) = delete;
    ~task_group();

    /// Starts @p task. An exception that leaves it cancels the others and leaves join().
    void spawn(asio::awaitable<void> task);

    /// Asks every task to end: what it waits for completes with operation_aborted.
    void cancel();

    /// Completes once no task is left; rethrows the first exception that left one, operation_aborted
    /// excepted. Cancels: not at all; cancel() the tasks.
    [[nodiscard]] asio::awaitable<void> join();

private:
    struct running {
        asio::cancellation_signal cancel;
    };

    void finish(std::list<running>::iterator which, std::exception_ptr why);

    executor on_;
    asio::steady_timer empty_;
    std::list<running> running_;
    std::exception_ptr first_failure_;
};

}  // namespace tendril::io
