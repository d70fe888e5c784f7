#pragma once

/// @file
/// What a transport shares with its operations in flight. Layer: process (base, io).

#include <tendril/process/detail/outlet.hpp>
#include <tendril/process/stop_ladder.hpp>
#include <tendril/process/transport.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::process {

/// The events of one program in their order, and what is still missing before `ended`.
///
/// Every event is the last thing a step does. One that throws has advance() run again, so that what the step
/// would have gone on to do is found and done.
class transport::state : public std::enable_shared_from_this<state> {
public:
    /// One stream, open or closed; kept to the end because operations in flight refer to it.
    struct line {
        explicit line(channel connected)
            : stream(std::move(connected.stream)), from(connected.from), to(connected.to),
              typed(std::move(connected.typed))
        {
        }

        io::stream stream;
        std::optional<int> from;
        std::optional<int> to;
        std::function<std::string(std::span<base::byte_view const>)> typed;
        std::optional<detail::outlet> out;  // exactly when `to` is there
        error_code why_closed;
        bool reading = false;  // a wait or a turn is pending

        [[nodiscard]] bool is(int fd) const noexcept { return from == fd || to == fd; }
        [[nodiscard]] error_code write(std::span<base::byte_view const> pieces);
    };

    state(io::executor on, connected_program what, transport& face, handler& events,
          transport_options const& limits);

    void start();
    void abandon() noexcept;

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] std::string description() const;
    [[nodiscard]] line* writing(int fd) noexcept;
    [[nodiscard]] error_code close(int fd);
    void lose_connection();
    void drop_connection(error_code why);
    [[nodiscard]] error_code why_closed(int fd) const noexcept;
    void pause();
    void resume();
    void stop();
    [[nodiscard]] result<void> signal(int number, audience whom);
    [[nodiscard]] result<void> terminate(stop_policy ladder);
    [[nodiscard]] std::optional<ending> how_it_ended() const noexcept { return ending_; }
    [[nodiscard]] int native_handle(int fd) noexcept;
    [[nodiscard]] io::executor get_executor() const { return on_; }

private:
    template <typename Event>
    void deliver(Event event);
    template <typename Step>
    void later(Step step);

    [[nodiscard]] line* find(int fd) noexcept;
    void open_outlet(line& to);
    void watch_break(line& to);
    void begin();
    void advance();
    void wait_readable(line& from);
    void read_on(line& from);
    void shut(line& which, error_code why);
    void on_exit(error_code why, exit_status status);
    void await_silence();
    void on_silence();
    void end_if_over();

    io::executor on_;
    std::unique_ptr<running_program> program_;
    pid_t pid_;
    std::string name_;
    transport* face_;
    handler* events_;  // null once the transport is gone
    transport_options limits_;
    std::vector<std::unique_ptr<line>> lines_;
    std::optional<stop_ladder> ladder_;
    asio::steady_timer silence_;
    std::chrono::steady_clock::time_point const started_ = std::chrono::steady_clock::now();
    std::optional<ending> ending_;
    std::size_t untold_closings_ = 0;
    bool begun_ = false;
    bool paused_ = false;
    bool losing_ = false;
    bool end_told_ = false;
};

}  // namespace tendril::process
