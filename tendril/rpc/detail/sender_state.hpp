#pragma once

/// @file
/// What the copies of a sender share. Layer: rpc. Design: docs/adr/0042-streams.md.

#include <tendril/rpc/router.hpp>
#include <tendril/rpc/sender.hpp>

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace tendril::rpc::detail {

/// A window, what is on its way, and what waits for room.
///
/// Threads: any; what is sent goes through one queue, which is emptied on the strand, so that its order holds
/// whichever thread sends.
class sender_state : public std::enable_shared_from_this<sender_state> {
public:
    static constexpr std::size_t most_waiting = 1000;

    /// Called once, from any thread: that it was sent, or why not.
    using sent = std::function<void(std::expected<void, channel_error>)>;

    sender_state(router& via, address where, std::size_t window);

    [[nodiscard]] std::expected<void, channel_error> try_send(wire::byte_buffer data);

    /// Sends when it is its turn. Returns what give_up() takes.
    std::uint64_t send(wire::byte_buffer data, sent told);

    /// False when it is too late: it was told, or is just being.
    [[nodiscard]] bool give_up(std::uint64_t which);

    void close(std::string_view reason);

    /// Sends what was accepted, and lets the router go.
    void release();

    /// True where nobody may sleep.
    [[nodiscard]] bool is_at_home() const;
    [[nodiscard]] io::executor where() const { return executor_; }

private:
    struct waiting {
        std::uint64_t number;
        wire::message what;
        sent told;
    };
    using told_list = std::vector<std::pair<sent, std::expected<void, channel_error>>>;

    // All of these are called with the mutex held.
    [[nodiscard]] std::expected<void, channel_error> may_send() const;
    [[nodiscard]] wire::message to_there(wire::byte_buffer data) const;
    void go(wire::message what);
    void pump(told_list& told);
    void plan_flush();
    void flush_now();
    void fail(channel_error why, told_list& told);
    [[nodiscard]] bool take_credit_handle();

    void flush();
    void on_credit(wire::message const& what);
    static void tell(told_list& told);

    mutable std::mutex mutex_;
    router* router_;  // null once it was let go
    io::executor const executor_;
    callers const from_;
    address const to_;
    std::size_t const window_;
    std::size_t outstanding_ = 0;
    std::uint64_t next_number_ = 1;
    std::deque<waiting> waiting_;
    std::deque<wire::message> outgoing_;  // counted already
    bool flush_is_planned_ = false;
    bool is_closing_ = false;
    std::optional<channel_error> failed_;
    std::optional<wire::handle> credit_handle_;
};

}  // namespace tendril::rpc::detail
