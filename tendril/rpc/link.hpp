#pragma once

/// @file
/// One neighbour: frames out of its stream, and frames into it. Layer: rpc (base, wire, io). Design:
/// docs/adr/0038-links.md; parity rows R02 and R04.

#include <tendril/rpc/duplex.hpp>
#include <tendril/rpc/outbox.hpp>
#include <tendril/wire/frame_reader.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tendril::rpc {

/// What a link counts, from its beginning.
struct link_counters {
    std::uint64_t frames_in = 0;
    std::uint64_t frames_out = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t pauses = 0;                        ///< how often reading waited for room elsewhere
    std::size_t queued_bytes = 0;                    ///< that are not written now
    std::size_t most_queued_bytes = 0;               ///< the longest its queue ever was
    std::chrono::nanoseconds queue_time{0};          ///< in which something waited to be written
    std::chrono::nanoseconds longest_queue_time{0};  ///< without a pause in between
};

/// A stream to a neighbour as frames.
///
/// Lifetime: held by shared_ptr, because a wait that is under way outlives whoever drops it; stop() before
/// that. Threads:  one object belongs to one strand.
class link : public std::enable_shared_from_this<link> {
public:
    /// Who is told. None of these may throw.
    struct listener {
        std::function<void(wire::frame_header const&, base::byte_view piece)> on_frame;
        std::function<void()> on_room;                 ///< something was written
        std::function<void(std::string why)> on_lost;  ///< once; nothing comes after it
    };

    link(link_id number, context_id neighbour, io::executor on, std::unique_ptr<duplex> stream);

    /// Begins to read; @p early is what was read of the stream before.
    void start(listener who, base::byte_view early = {});

    /// Ends it; nobody is told. What is not written is lost.
    void stop() noexcept;

    /// Queues a message of ours. It is written in this turn of the loop or the next.
    void send(wire::message what, std::uint32_t number);

    /// Queues a frame that came through the link @p from.
    void relay(link_id from, wire::frame_header const& header, base::byte_view piece);

    /// Until resume() nothing more is read, beyond what was read already.
    void pause() noexcept;
    void resume();

    [[nodiscard]] link_id number() const noexcept { return number_; }
    [[nodiscard]] context_id neighbour() const noexcept { return neighbour_; }
    [[nodiscard]] outbox const& queue() const noexcept { return queue_; }
    [[nodiscard]] link_counters counters() const noexcept;

    /// When something was heard last.
    [[nodiscard]] std::chrono::steady_clock::time_point heard() const noexcept { return heard_; }

private:
    void wait_readable();
    void read_some();
    void take_in(base::byte_view bytes);
    void plan_flush();
    void flush();
    void write_early();
    void note_empty_queue() noexcept;
    void wait_writable();
    void lose(std::string why);

    link_id number_;
    context_id neighbour_;
    io::executor on_;
    std::unique_ptr<duplex> stream_;  // null once it is stopped or lost
    listener who_;
    wire::frame_reader reader_;
    outbox queue_;
    link_counters counters_;
    std::chrono::steady_clock::time_point heard_;
    std::chrono::steady_clock::time_point queued_since_{};  // the epoch: nothing waits
    bool is_paused_ = false;
    bool is_reading_ = false;
    bool is_waiting_readable_ = false;
    bool is_waiting_writable_ = false;
    bool flush_is_planned_ = false;
};

}  // namespace tendril::rpc
