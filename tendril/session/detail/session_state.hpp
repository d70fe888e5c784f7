#pragma once

/// @file
/// What a session shares with its operations in flight. Layer: session (base, io, process, pty, term,
/// expect).
///
/// Each file defines the part that it is named for: reading.cpp, output_path.cpp, expecting.cpp, writing.cpp,
/// ending.cpp.

#include <tendril/io/read_buffer.hpp>
#include <tendril/io/write_queue.hpp>
#include <tendril/process/stop_ladder.hpp>
#include <tendril/session/detail/callback_list.hpp>
#include <tendril/session/detail/mailbox.hpp>
#include <tendril/session/session.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

struct session::state : std::enable_shared_from_this<state> {
    using drain_handler = asio::any_completion_handler<void(error_code)>;

    enum class who_reads { nobody, we, somebody };

    state(io::executor executor, start_options const& how, std::string shown_command,
          pty::terminal_child child, std::unique_ptr<term::emulator> terminal);

    io::executor on;
    std::string const id;
    std::string const command;
    std::chrono::system_clock::time_point const started_at = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point const started = std::chrono::steady_clock::now();
    size_limits const limits;
    cell_pixels const cell;
    replies_from const replies;
    std::unique_ptr<term::emulator> emulator;
    std::optional<pty::program> program;
    pty::stream master;
    bool gone = false;  // the session object is: nobody is called back any more
    std::uint64_t next_id = std::uint64_t{1} << 63U;
    [[nodiscard]] callback_id next_callback_id() noexcept { return callback_id{next_id++}; }

    // reading.cpp
    read_handler reader;
    std::optional<io::read_buffer_lease> lent;  // while somebody looks at what is in it
    std::size_t most_read_bytes = io::read_buffer_lease::size_bytes;
    std::size_t drained_bytes = 0;  // since the program's end
    who_reads reads = who_reads::nobody;
    bool watching_output = false;
    bool filled = false;  // the last read was: there may be more
    bool taking = false;  // a chunk is on its way, in what is lent
    bool output_ended = false;
    void read();
    void on_readable();
    void on_readable_soon();
    void take_chunk();
    void complete_read(error_code why, base::byte_view chunk);

    // output_path.cpp
    std::vector<std::shared_ptr<log>> logs;  // null where one was removed
    detail::callback_list<base::byte_view> updates;
    std::optional<flood_limiter> floods;
    asio::steady_timer hold;  // of the limiter
    [[nodiscard]] moment now() const { return std::chrono::steady_clock::now() - started; }
    void take(base::byte_view chunk);
    [[nodiscard]] bool holds_back(base::byte_view chunk);
    void release_flood();
    void show_emulator(base::byte_view chunk);
    void show_screen();
    void announce_update();
    template <typename Tell>
    void tell_logs(base::first_exception& failed, Tell tell);

    // expecting.cpp
    expect::queue expectations;
    asio::any_completion_handler<void(error_code)> awaiter;
    asio::steady_timer deadlines;  // of the expectations
    asio::steady_timer patience;   // of the awaiter
    bool deadline_watched = false;
    void show_stream(base::byte_view chunk, base::first_exception& failed);
    void look_at_time();
    void after_expectations();
    void complete_await(error_code why);
    void end_expectations(base::first_exception& failed);

    // writing.cpp
    io::write_queue input;
    std::shared_ptr<detail::mailbox> mail;
    drain_handler drainer;
    bool watching_input = false;
    [[nodiscard]] error_code type(base::byte_view bytes);
    [[nodiscard]] error_code press(base::byte_view bytes);
    void take_mail();
    void watch_input();
    void on_input_empty(error_code why);
    void complete_drain(error_code why);
    void on_broken_input();

    // ending.cpp
    process::wait_handler waiter;
    std::optional<std::pair<error_code, process::exit_status>> ended;
    std::optional<process::stop_ladder> ladder;
    detail::callback_list<process::exit_status> exits;
    bool end_reported = false;
    void watch_program();
    void complete_wait();
    void end_output(error_code why);
    void report_end(base::first_exception& failed);
    result<void> terminate(process::stop_policy policy);
    void hang_up() noexcept;
    void abandon() noexcept;
};

namespace detail {

/// Takes @p from, which is about to complete and can be cancelled no longer.
template <typename Handler>
Handler released(Handler& from)
{
    asio::get_associated_cancellation_slot(from).clear();
    return std::exchange(from, nullptr);
}

}  // namespace detail

template <typename Tell>
void session::state::tell_logs(base::first_exception& failed, Tell tell)
{
    for (std::size_t i = 0, count = logs.size(); i < count && !gone; ++i)
        if (auto const each = logs[i])
            failed.guard([&] { tell(*each); });
}

}  // namespace tendril::session
