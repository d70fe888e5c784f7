#pragma once

/// @file
/// A stop policy being carried out. Layer: process (base, io).

#include <tendril/process/stop_policy.hpp>

#include <cstddef>
#include <functional>
#include <memory>

#include <boost/asio/steady_timer.hpp>

namespace tendril::process {

/// Sends one signal of a ladder after the other until it is destroyed, which the program's end should do.
///
/// Threads: one object belongs to one strand.
class stop_ladder {
public:
    using sender = std::function<result<void>(int number, audience whom)>;

    stop_ladder(io::executor on, stop_policy policy, sender send);
    stop_ladder(stop_ladder const&) = delete;
    stop_ladder& operator=(stop_ladder const&) = delete;
    ~stop_ladder();

    /// Takes the first step. Errors: what sending it reports; there is no further step then.
    [[nodiscard]] result<void> start();

private:
    struct state;
    std::shared_ptr<state> state_;  // the timer's handler looks at it, weakly
};

}  // namespace tendril::process
