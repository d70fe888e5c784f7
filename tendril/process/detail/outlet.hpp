#pragma once

/// @file
/// The writing side of one descriptor: a queue, at most one producer, and a close that waits for both.
/// Layer: process (base, io). Spec: parity rows C06, C07, C10.

#include <tendril/io/stream.hpp>
#include <tendril/io/write_queue.hpp>
#include <tendril/process/producer.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace tendril::process::detail {

/// Where an outlet pauses and resumes its producer, and where it refuses.
struct outlet_marks {
    std::size_t limit_bytes;
    std::size_t high_water_bytes;
    std::size_t low_water_bytes;
};

/// Feeds a stream. Producers are called from the executor only, never from within a call to the outlet.
///
/// Ownership: the stream outlives the outlet. Threads: one object belongs to its stream's strand.
class outlet {
public:
    /// Told once, from the executor: the stream can be closed. An error is why it broke.
    using finished = std::function<void(error_code)>;

    outlet(io::stream& to, outlet_marks marks, finished on_finished);
    outlet(outlet const&) = delete;
    outlet& operator=(outlet const&) = delete;

    /// Forgets queue and producer without a word.
    ~outlet();

    [[nodiscard]] error_code push(std::span<base::byte_view const> pieces);
    [[nodiscard]] std::size_t queued_bytes() const noexcept;

    /// Errors: already_connected. A source that comes too late is stopped.
    [[nodiscard]] error_code attach(producer& source, production way);
    void detach();

    /// Finishes once the queue is empty and nobody feeds it. No push() after it, but those of the producer.
    void finish_when_empty();

    /// The stream is closed: forgets the queue and has a producer stopped. Does not report `finished`.
    void abort();

private:
    struct state;
    std::shared_ptr<state> state_;  // posted steps look at it, weakly
};

}  // namespace tendril::process::detail
