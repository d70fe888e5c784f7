#pragma once

/// @file
/// The multiplexer: one program in a terminal, and everything attached to it.
/// Layer: session (base, io, process, term, record, pty, expect). Spec: parity rows M01-M12, output path M05.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/expect/queue.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/io/read_buffer.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/process/spawn_error.hpp>
#include <tendril/process/stop_policy.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/pty/window_size.hpp>
#include <tendril/session/callback.hpp>
#include <tendril/session/flood_limiter.hpp>
#include <tendril/session/log.hpp>
#include <tendril/session/size_limits.hpp>
#include <tendril/session/writer.hpp>
#include <tendril/term/emulator.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <termios.h>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::session {

/// Who answers when the program asks its terminal something (device attributes, cursor position).
enum class replies_from {
    emulator,  ///< ours: nobody else is there
    viewer,    ///< the terminal that the output is passed on to; ours keeps silent, or there were two answers
};

/// How a session starts.
struct start_options {
    process::command program;
    pty::launch_options launch;
    replies_from replies = replies_from::emulator;
    std::string id = {};      ///< the name of this terminal among others, for descriptions and logs
    size_limits limits = {};  ///< of this size and all later ones
    cell_pixels cell = {};
};

/// Whether the program is asked to draw its screen anew, by Ctrl-L.
enum class redraw { as_it_likes, asked };

/// The ladder for a program on a terminal: hang-up, termination, then no choice; all of its group.
[[nodiscard]] process::stop_policy usual_stop();

/// What a read ends with.
using read_handler = asio::any_completion_handler<void(error_code, base::byte_view)>;

/// A running program in a terminal of ours.
///
/// Every chunk of output goes, in this order, to: stream expectations, the emulator, screen expectations, the
/// log, the system log, update callbacks, and the one who reads. Keystrokes go to the program and nowhere
/// else.
///
/// Ownership: owns the program, its terminal and the emulator; the destructor hangs the program up and reaps
///            it. Callbacks are not called any more then.
/// Lifetime:  the executor's context outlives the object. Any callback may destroy the session.
/// Threads:   distinct objects are safe; one object belongs to one strand. make_writer() is for the others.
/// Errors:    an exception that leaves a callback or an expectation leaves the loop's run(), after the chunk
///            has gone the rest of its way; reading goes on. Of several, the first one.
/// Pressure:  nothing is read unless somebody reads, so the program waits for a slow reader. One turn of the
///            loop takes at most 64 KiB, in a buffer that all sessions of a thread share. At most 1 MiB of
///            input is queued for a program that does not read.
class session {
public:
    /// Starts a program. @p emulator must have the size of the terminal that is asked for, or gets the size
    /// that the limits leave of it. Errors: as pty::launch(); nothing is left then.
    [[nodiscard]] static std::expected<session, process::spawn_error>
    start(io::executor on, start_options how, std::unique_ptr<term::emulator> emulator);

    session(session&&) noexcept;
    session& operator=(session&&) noexcept;
    ~session();

    /// Completes with the next piece of output, after it went the whole way. Ends keep_reading().
    ///
    /// Lifetime: the view holds until the next call. One read at a time: a new one takes over from the
    /// former, which completes with operation_aborted. Errors:   asio::error::eof once the output has ended:
    /// the terminal is closed at the program's side, or the
    ///           program has ended and what it wrote is read. Output of its background children after that is
    ///           not waited for.
    /// Cancels:  terminal, partial, total; nothing is lost.
    template <asio::completion_token_for<void(error_code, base::byte_view)> Token = asio::deferred_t>
    auto async_read(Token&& token = {})
    {
        return async_read_up_to(io::read_buffer_lease::size_bytes, std::forward<Token>(token));
    }

    /// The same, with a piece of at most @p most_bytes: small ones are for who hands on what comes, because
    /// the program goes on writing meanwhile. At least 1.
    template <asio::completion_token_for<void(error_code, base::byte_view)> Token = asio::deferred_t>
    auto async_read_up_to(std::size_t most_bytes, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, base::byte_view)>(
            [this](auto handler, std::size_t most) { start_read(most, std::move(handler)); }, token,
            most_bytes);
    }

    /// Reads by itself from now on, so that callbacks and expectations get everything at once. A read that is
    /// pending completes with operation_aborted.
    void keep_reading();

    /// Completes once the program has ended. One at a time. Errors: as pty::program::async_wait().
    /// Cancels: terminal, partial, total; the program goes on.
    template <asio::completion_token_for<void(error_code, process::exit_status)> Token = asio::deferred_t>
    auto async_wait(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, process::exit_status)>(
            [this](auto handler) { start_wait(std::move(handler)); }, token);
    }

    /// Completes once the program is stopped (Ctrl-Z). See pty::program::async_wait_stop().
    template <asio::completion_token_for<void(error_code, int)> Token = asio::deferred_t>
    auto async_wait_stop(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, int)>(
            [this](auto handler) { start_wait_stop(std::move(handler)); }, token);
    }

    /// Types @p bytes. A terminal that cannot be typed into any more ends the session: see terminate().
    /// Errors: no_buffer_space when the program does not read and 1 MiB waits already; not_connected once the
    /// terminal is hung up or the session has come to its end; the error that broke the terminal.
    [[nodiscard]] error_code write(base::byte_view bytes);

    /// Types @p line and Enter. Errors: as write().
    [[nodiscard]] error_code write_line(std::string_view line);

    /// Types @p lines, each with Enter: all of them or none. Errors: as write().
    [[nodiscard]] error_code write_lines(std::span<std::string const> lines);

    /// A way to type for other threads.
    [[nodiscard]] writer make_writer() const;

    /// Completes once everything typed has reached the terminal.
    template <asio::completion_token_for<void(error_code)> Token = asio::deferred_t>
    auto async_drain(Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code)>(
            [this](auto handler) { start_drain(std::move(handler)); }, token);
    }

    /// Gives the terminal and the emulator a new size, within the limits; the program gets SIGWINCH.
    [[nodiscard]] result<void> resize(pty::window_size size, redraw screen = redraw::as_it_likes);

    /// Calls @p call at every update, under @p id, in the place of the one that has this id.
    void on_update(callback_id id, update_callback call);

    /// The same under an id of its own, which is returned.
    callback_id on_update(update_callback call);

    /// Calls @p call when the program has ended and its output is read: soon, when that is so already.
    void on_exit(callback_id id, exit_callback call);

    /// The same under an id of its own, which is returned.
    callback_id on_exit(exit_callback call);

    /// Removes the callback of @p event with @p id. False when there is none.
    bool remove_callback(session_event event, callback_id id);

    /// Removes all callbacks with @p id. False when there are none.
    bool remove_callbacks(callback_id id);

    /// What the session waits for. Text that is on the screen already counts: it is looked at soon after.
    /// Errors: as expect::queue::expect().
    result<expect::reference> expect(std::vector<expect::pattern> patterns, expect::queue::callback on_match,
                                     expect::options how = {});

    /// Removes an expectation. False when it is gone already.
    bool unexpect(expect::reference which);

    /// Removes all of them.
    void unexpect_all();

    /// Gives the first expectation up, as if its deadline had come, and forgets the others.
    void give_up_first();

    /// As expect::queue::hold_unmatched(): for a script that asks for one thing after the other.
    void hold_unmatched();

    /// As expect::queue::trace_to().
    void trace_expectations_to(std::function<void(std::string_view)> sink);

    /// Completes once no required expectation is waiting. One at a time; somebody must read meanwhile.
    ///
    /// Errors:  timed_out when that has not happened @p within; asio::error::eof as soon as the output has
    /// ended
    ///          with one of them still waiting.
    /// Cancels: terminal, partial, total; the expectations stay.
    template <asio::completion_token_for<void(error_code)> Token = asio::deferred_t>
    auto async_await(std::chrono::steady_clock::duration within, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, auto patience) { start_await(patience, std::move(handler)); }, token,
            within);
    }

    /// Writes the session into @p to from now on, behind the logs that are there already. Output that was
    /// read before is not in it.
    void log_to(std::shared_ptr<log> to);

    /// Ends that for @p which. Nothing happens when it is no log of this session.
    void remove_log(log const& which);

    /// Spares the screen most of what a program floods it with. What is cut is shown to stream expectations,
    /// logs and callbacks all the same; queries in it are not answered. A key ends a flood's hold at once.
    void limit_floods(flood_limits limits);

    /// True while the screen stands still because of that.
    [[nodiscard]] bool limits_flood() const noexcept;

    /// True until the program has ended, as the kernel has told us. Costs nothing.
    [[nodiscard]] bool alive() const noexcept;

    /// One line for people: id, command, whether it is alive, when it was started.
    [[nodiscard]] std::string describe() const;

    /// Makes the program end by @p ladder; its end stops that, and takes what is left of its group along. The
    /// output is read to its end, by us unless somebody else reads. Idempotent.
    /// Errors: no_such_process once it has ended.
    result<void> terminate(process::stop_policy ladder = usual_stop());

    /// Signals the program's process group. Errors: no_such_process once it has ended.
    [[nodiscard]] result<void> signal_group(int number);

    /// Continues a stopped program in the foreground of its terminal.
    [[nodiscard]] result<void> resume();

    /// Closes the terminal: the program gets SIGHUP, pending operations end. Idempotent.
    void hang_up() noexcept;

    /// True when output is there that nobody has read.
    [[nodiscard]] bool has_unread_output();

    /// The terminal's attributes, as the program set them (echo, canonical mode).
    [[nodiscard]] result<::termios> attributes();

    /// Changes them under the program's hands.
    [[nodiscard]] result<void> set_attributes(::termios const& attributes);

    [[nodiscard]] term::emulator& emulator() noexcept;

    /// The program's process id.
    [[nodiscard]] pid_t pid() const noexcept;

    [[nodiscard]] io::executor get_executor() const;

private:
    struct state;
    explicit session(std::shared_ptr<state> started) noexcept;
    void start_read(std::size_t most_bytes, read_handler handler);
    void start_wait(process::wait_handler handler);
    void start_wait_stop(pty::stop_handler handler);
    void start_drain(asio::any_completion_handler<void(error_code)> handler);
    void start_await(std::chrono::steady_clock::duration within,
                     asio::any_completion_handler<void(error_code)> handler);

    std::shared_ptr<state>
        state_;  // shared with operations in flight, which may complete after the session is gone
};

}  // namespace tendril::session
