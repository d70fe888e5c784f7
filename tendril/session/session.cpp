#include <tendril/io/write_queue.hpp>
#include <tendril/session/session.hpp>

#include <array>
#include <chrono>

#include <poll.h>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

namespace {

// One turn of the loop takes at most this much of a program that floods; the kernel hands out 4 KiB at a
// time.
constexpr std::size_t chunk_limit_bytes = 64 * 1024;

// Background children may write for ever after the program has ended: what a terminal can have queued, and no
// more.
constexpr std::size_t drain_limit_bytes = 1024 * 1024;

std::string joined(std::vector<std::string> const& lines)
{
    std::string text;
    for (auto const& line : lines) {
        text += line;
        text += '\n';
    }
    return text;
}

}  // namespace

struct session::state : std::enable_shared_from_this<state> {
    state(io::executor executor, pty::terminal_child child, std::unique_ptr<term::emulator> terminal,
          replies_from from)
        : on(std::move(executor)), emulator(std::move(terminal)), replies(from),
          program(std::move(child.process)), master(std::move(child.master)), input(master.lowest_layer()),
          deadlines(on), patience(on)
    {
    }

    io::executor on;
    std::unique_ptr<term::emulator> emulator;
    replies_from replies;
    std::optional<pty::program> program;  // absent once the session is gone
    pty::stream master;
    io::write_queue input;
    expect::queue expectations;
    std::shared_ptr<log> log_to;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

    std::array<std::byte, chunk_limit_bytes> buffer;
    read_handler reader;
    process::wait_handler waiter;
    asio::any_completion_handler<void(error_code)> awaiter;
    asio::steady_timer deadlines;  // of the expectations
    asio::steady_timer patience;   // of the awaiter
    std::optional<std::pair<error_code, process::exit_status>> ended;
    std::size_t drained_bytes = 0;    // since the end
    std::size_t unclaimed_bytes = 0;  // in the buffer, for the next one who reads
    bool reading = false;
    bool deadline_watched = false;
    bool output_ended = false;
    bool reported_end = false;

    [[nodiscard]] moment now() const { return std::chrono::steady_clock::now() - started; }

    void watch_program();
    void read();
    void on_readable(error_code why, std::size_t count);
    void take(base::byte_view chunk);
    void show_screen();
    void look_at_time();
    void after_expectations();
    void complete_await(error_code why);
    void end_expectations();
    void end_output(error_code why);
    void report_end();
    void complete_read(error_code why, base::byte_view chunk);
};

void session::state::watch_program()
{
    program->async_wait([weak = weak_from_this()](error_code why, process::exit_status how) {
        auto const self = weak.lock();
        if (!self || why == asio::error::operation_aborted)
            return;
        self->ended.emplace(why, how);
        self->report_end();
        self->master.cancel();  // a read that waits for background children goes on without waiting
        if (self->waiter)
            asio::post(self->on, asio::append(std::exchange(self->waiter, nullptr), why, how));
    });
}

void session::state::read()
{
    if (output_ended) {
        complete_read(asio::error::eof, {});
        return;
    }
    if (unclaimed_bytes != 0) {
        take(std::span(buffer).first(std::exchange(unclaimed_bytes, 0)));
        return;
    }
    if (ended) {
        error_code why;
        auto const count = drained_bytes < drain_limit_bytes ? master.try_read(buffer, why) : 0;
        drained_bytes += count;
        if (why || count == 0)
            end_output(asio::error::eof);
        else
            take(std::span(buffer).first(count));
        return;
    }
    if (std::exchange(reading, true))
        return;  // a cancelled read is about to end: on_readable() starts anew
    // The first read of a chunk waits; on_readable() adds what is there at once.
    master.async_read_some(buffer, [self = shared_from_this()](error_code why, std::size_t count) {
        self->on_readable(why, count);
    });
}

void session::state::on_readable(error_code why, std::size_t count)
{
    reading = false;
    if (why == asio::error::operation_aborted && master.is_open() && (ended || reader)) {
        if (reader)
            read();
        return;
    }
    if (!why && !reader) {  // it came in while the read was cancelled
        unclaimed_bytes = count;
        return;
    }
    if (why) {
        if (why == asio::error::operation_aborted)
            complete_read(why, {});
        else
            end_output(why);
        return;
    }
    error_code enough;
    while (!enough && count < buffer.size())
        count += master.try_read(std::span(buffer).subspan(count), enough);
    take(std::span(buffer).first(count));  // an eof met here is met again by the next read
}

void session::state::take(base::byte_view chunk)
{
    expectations.on_stream(chunk);
    emulator->write(chunk);
    auto const answer = emulator->take_replies();
    if (replies == replies_from::emulator && !answer.empty()) {
        // A program that asks and does not read for 1 MiB gets no more answers, as with a real terminal.
        [[maybe_unused]] auto const dropped = input.push(base::bytes_of(answer));
    }
    show_screen();
    if (log_to)
        log_to->output(now(), chunk);
    complete_read({}, chunk);
    after_expectations();
}

void session::state::show_screen()
{
    if (!expectations.watches_screen())
        return;
    auto const text = joined(emulator->dump());
    expectations.on_screen(
        {text, emulator->top_line(),
         emulator->shows_alternate_screen() ? expect::screen_kind::alternate : expect::screen_kind::primary});
}

void session::state::look_at_time()
{
    expectations.on_time(std::chrono::steady_clock::now());
    after_expectations();
}

void session::state::after_expectations()
{
    if (awaiter && expectations.satisfied())
        complete_await({});
    auto const next = expectations.next_deadline();
    if (!next) {
        deadlines.cancel();
        deadline_watched = false;
        return;
    }
    if (deadlines.expiry() == *next && deadline_watched)
        return;
    deadlines.expires_at(*next);
    deadline_watched = true;
    deadlines.async_wait([weak = weak_from_this()](error_code why) {
        auto const self = weak.lock();
        if (!self || why)
            return;
        self->deadline_watched = false;
        self->look_at_time();
    });
}

void session::state::complete_await(error_code why)
{
    patience.cancel();
    if (awaiter)
        asio::post(on, asio::append(std::exchange(awaiter, nullptr), why));
}

void session::state::end_expectations()
{
    if (expectations.on_end())
        complete_await(asio::error::eof);
    after_expectations();
}

void session::state::end_output(error_code why)
{
    output_ended = true;
    end_expectations();
    report_end();
    complete_read(why, {});
}

void session::state::report_end()
{
    if (!log_to || reported_end || !output_ended || !ended)
        return;
    reported_end = true;
    log_to->ended(now(), ended->second);
}

void session::state::complete_read(error_code why, base::byte_view chunk)
{
    if (reader)
        asio::post(on, asio::append(std::exchange(reader, nullptr), why, chunk));
}

std::expected<session, process::spawn_error> session::start(io::executor on, start_options how,
                                                            std::unique_ptr<term::emulator> emulator)
{
    auto launched = pty::launch(on, std::move(how.program), how.launch);
    if (!launched)
        return std::unexpected(std::move(launched.error()));
    session made(std::make_shared<state>(on, std::move(*launched), std::move(emulator), how.replies));
    made.state_->watch_program();
    return made;
}

session::session(std::shared_ptr<state> started) noexcept : state_(std::move(started)) {}
session::session(session&&) noexcept = default;
session& session::operator=(session&&) noexcept = default;

session::~session()
{
    if (!state_)
        return;
    hang_up();
    state_->deadlines.cancel();
    state_->complete_await(asio::error::operation_aborted);
    state_->program.reset();
}

void session::start_read(read_handler handler)
{
    state_->reader.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->reader); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock()) {
                self->complete_read(asio::error::operation_aborted, {});
                self->master.cancel();
            }
        });
    state_->read();
}

void session::start_wait(process::wait_handler handler)
{
    if (state_->ended) {
        asio::post(state_->on, asio::append(std::move(handler), state_->ended->first, state_->ended->second));
        return;
    }
    state_->waiter.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->waiter); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock(); self && self->waiter)
                asio::post(self->on,
                           asio::append(std::exchange(self->waiter, nullptr),
                                        error_code(asio::error::operation_aborted), process::exit_status{}));
        });
}

void session::start_wait_stop(pty::stop_handler handler)
{
    state_->program->async_wait_stop(std::move(handler));
}

void session::start_drain(asio::any_completion_handler<void(error_code)> handler)
{
    state_->input.async_drain(std::move(handler));
}

error_code session::write(base::byte_view bytes)
{
    return state_->input.push(bytes);
}

result<void> session::resize(pty::window_size size)
{
    state_->emulator->resize({size.columns, size.rows});
    if (state_->log_to)
        state_->log_to->resized(state_->now(), size);
    return state_->master.resize(size);
}

result<expect::reference> session::expect(std::vector<expect::pattern> patterns,
                                          expect::queue::callback on_match, expect::options how)
{
    auto made = state_->expectations.expect(std::move(patterns), std::move(on_match), std::move(how));
    asio::post(state_->on, [weak = std::weak_ptr(state_)] {
        auto const self = weak.lock();
        if (!self)
            return;
        self->show_screen();
        if (self->output_ended)
            self->end_expectations();
        else
            self->look_at_time();
    });
    return made;
}

bool session::unexpect(expect::reference which)
{
    bool const was_there = state_->expectations.unexpect(which);
    state_->after_expectations();
    return was_there;
}

void session::unexpect_all()
{
    state_->expectations.unexpect_all();
    state_->after_expectations();
}

void session::give_up_first()
{
    state_->expectations.give_up_first();
    state_->after_expectations();
}

void session::hold_unmatched()
{
    state_->expectations.hold_unmatched();
}

void session::trace_expectations_to(std::function<void(std::string_view)> sink)
{
    state_->expectations.trace_to(std::move(sink));
}

void session::start_await(std::chrono::steady_clock::duration within,
                          asio::any_completion_handler<void(error_code)> handler)
{
    state_->awaiter.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->awaiter); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete_await(asio::error::operation_aborted);
        });
    state_->patience.expires_after(within);
    state_->patience.async_wait([weak = std::weak_ptr(state_)](error_code why) {
        auto const self = weak.lock();
        if (self && !why)
            self->complete_await(asio::error::timed_out);
    });
    asio::post(state_->on, [weak = std::weak_ptr(state_)] {
        if (auto const self = weak.lock())
            self->after_expectations();
    });
}

void session::log_to(std::shared_ptr<log> to)
{
    state_->log_to = std::move(to);
}

result<void> session::signal_group(int number)
{
    return state_->program->signal_group(number);
}

result<void> session::resume()
{
    return state_->program->resume();
}

void session::hang_up() noexcept
{
    state_->master.close();
}

bool session::has_unread_output()
{
    if (!state_->master.is_open())
        return false;
    pollfd readable{state_->master.lowest_layer().native_handle(), POLLIN, 0};
    return ::poll(&readable, 1, 0) > 0 && (readable.revents & POLLIN) != 0;
}

result<::termios> session::attributes()
{
    return state_->master.attributes();
}

result<void> session::set_attributes(::termios const& attributes)
{
    return state_->master.set_attributes(attributes);
}

term::emulator& session::emulator() noexcept
{
    return *state_->emulator;
}

pid_t session::pid() const noexcept
{
    return state_->program->pid();
}

io::executor session::get_executor() const
{
    return state_->on;
}

}  // namespace tendril::session
