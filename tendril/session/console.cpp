#include <tendril/base/file.hpp>
#include <tendril/io/borrowed_stream.hpp>
#include <tendril/io/task_group.hpp>
#include <tendril/pty/canonical_slices.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/session/console.hpp>
#include <tendril/session/detail/console_output.hpp>
#include <tendril/session/detail/newline_restorer.hpp>
#include <tendril/session/detail/terminal_defaults.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <utility>

#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session {

namespace {

using namespace std::chrono_literals;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

// What a terminal gives in one read. More at a time leaves the program waiting for room and then the person
// for bytes: 16 times as much takes a third longer (docs/benchmarks.md).
constexpr std::size_t turn_bytes = 4095;

std::optional<int> first_terminal()
{
    for (int const fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::isatty(fd) == 1)
            return fd;
    return std::nullopt;
}

}  // namespace

surroundings surroundings::detect()
{
    surroundings found;
    found.input_is_terminal = ::isatty(STDIN_FILENO) == 1;
    found.output_is_terminal = ::isatty(STDOUT_FILENO) == 1;
    if (auto const terminal = first_terminal())
        if (auto const size = pty::window_size_of(*terminal); size && size->columns > 0 && size->rows > 0)
            found.size = *size;
    return found;
}

result<pty::pair_options> surroundings::terminal_for_program() const
{
    pty::pair_options options;
    if (size)
        options.size = *size;
    if (input_is_terminal) {
        auto settings = pty::attributes_of(STDIN_FILENO);
        if (!settings)
            return std::unexpected(std::move(settings.error()));
        options.attributes = *settings;
        return options;
    }
    auto const settings = detail::usual_attributes();
    if (!settings)
        return std::unexpected(settings.error());
    // What comes from a pipe was never typed: echo would mix it into the output.
    options.attributes = pty::without_echo(*settings);
    return options;
}

struct console::state {
    state(session& to, surroundings around, piped_input from_pipe, io::borrowed_stream in,
          io::borrowed_stream out)
        : program(&to), found(std::move(around)), piped(std::move(from_pipe)), input(std::move(in)),
          output(std::move(out), [&to] { to.hang_up(); })
    {
    }

    session* program;
    surroundings found;
    piped_input piped;
    io::borrowed_stream input;
    detail::console_output output;
    std::optional<pty::raw_terminal> raw;
    detail::newline_restorer newlines;
    std::optional<std::byte> escape_key;
    bool escaped = false;

    [[nodiscard]] base::byte_view before_escape(base::byte_view keys);
    asio::awaitable<void> copy_keys();
    asio::awaitable<void> copy_piped_input();
    asio::awaitable<error_code> copy_output();
    asio::awaitable<error_code> show_chunk(base::byte_view chunk);
    asio::awaitable<void> follow_size();
    asio::awaitable<void> follow_stops();
    asio::awaitable<void> pass_signals_on();
    asio::awaitable<void> output_is_shown();
};

/// Looks for the escape key; once it is there, the output is ours no longer.
base::byte_view console::state::before_escape(base::byte_view keys)
{
    auto const at = escape_key ? std::ranges::find(keys, *escape_key) : keys.end();
    if (at == keys.end())
        return keys;
    escaped = true;
    program->keep_reading();  // ends the read that waits
    return {keys.begin(), at};
}

asio::awaitable<void> console::state::copy_keys()
{
    std::array<std::byte, 4096> buffer;
    for (;;) {
        auto const [why, count] = co_await input.async_read_some(buffer, tuple);
        if (why == asio::error::operation_aborted)
            co_return;
        if (why) {  // the person's terminal is gone
            program->hang_up();
            co_return;
        }
        auto const keys = before_escape(std::span(buffer).first(count));
        if (!keys.empty() && program->write(keys))
            co_return;  // the program's terminal is gone: the reader of its output learns why
        if (escaped)
            co_return;
        co_await program->async_drain(tuple);
    }
}

asio::awaitable<void> console::state::copy_piped_input()
{
    std::array<std::byte, 4096> buffer;
    std::optional<pty::canonical_slices> slices;
    bool any = false;
    for (;;) {
        auto const [why, count] = co_await input.async_read_some(buffer, tuple);
        if (why == asio::error::operation_aborted)
            co_return;
        if (!any && !why && piped.until)
            co_await piped.until();
        auto const attributes = program->attributes();
        if (!attributes)
            co_return;
        if (slices)
            slices->adopt(*attributes);
        else
            slices.emplace(*attributes);
        if (why) {
            if (any || piped.at_end == piped_input::end::always_counts) {
                if (piped.until)
                    co_await piped.until();
                auto const end = slices->end();
                [[maybe_unused]] auto const gone = program->write(base::bytes_of(end));
            }
            co_return;
        }
        any = true;
        auto const bytes = before_escape(std::span(buffer).first(count));
        auto const typed =
            pty::is_canonical(*attributes) ? slices->slice(bytes) : std::string(base::text_of(bytes));
        if (!typed.empty() && program->write(base::bytes_of(typed)))
            co_return;
        if (escaped)
            co_return;
        co_await program->async_drain(tuple);
    }
}

asio::awaitable<error_code> console::state::copy_output()
{
    for (;;) {
        if (escaped) {
            auto const broken = co_await output.drained();
            co_return broken ? broken : asio::error::operation_aborted;
        }
        auto const [why, chunk] = co_await program->async_read_up_to(turn_bytes, tuple);
        if (auto const broken = output.failure())
            co_return broken;
        if (why == asio::error::eof) {
            auto const rest = newlines.finish();
            auto const failed = co_await output.show(base::bytes_of(rest));
            if (failed)
                co_return failed;
            co_return co_await output.drained();
        }
        if (why)
            co_return why;
        auto const failed = co_await show_chunk(chunk);
        if (failed) {
            program->hang_up();
            co_return failed;
        }
    }
}

asio::awaitable<error_code> console::state::show_chunk(base::byte_view chunk)
{
    if (found.output_is_terminal)
        co_return co_await output.show(chunk);
    auto const attributes = program->attributes();
    bool const translated =
        attributes && (attributes->c_oflag & OPOST) != 0 && (attributes->c_oflag & ONLCR) != 0;
    if (!translated) {
        auto const rest = newlines.finish();
        auto const failed = co_await output.show(base::bytes_of(rest));
        if (failed)
            co_return failed;
        co_return co_await output.show(chunk);
    }
    auto const text = newlines.restore(chunk);
    co_return co_await output.show(base::bytes_of(text));
}

asio::awaitable<void> console::state::follow_size()
{
    auto const terminal = first_terminal();
    if (!terminal)
        co_return;
    asio::signal_set changed(program->get_executor(), SIGWINCH);
    for (;;) {
        auto const [why, signal] = co_await changed.async_wait(tuple);
        if (why)
            co_return;
        if (auto const size = pty::window_size_of(*terminal); size && size->columns > 0 && size->rows > 0)
            [[maybe_unused]]
            auto const gone = program->resize(*size);  // fails only when the program has ended
    }
}

asio::awaitable<void> console::state::output_is_shown()
{
    asio::steady_timer pause(program->get_executor());
    while (output.busy() || program->has_unread_output()) {
        pause.expires_after(1ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> console::state::follow_stops()
{
    for (;;) {
        auto const [why, signal] = co_await program->async_wait_stop(tuple);
        if (why)
            co_return;
        co_await output_is_shown();
        if (raw) [[maybe_unused]]
            auto const refused = raw->suspend();  // a terminal that is gone needs nothing back
        ::kill(0, SIGTSTP);  // our job, as the keyboard would have done it; we go on here after SIGCONT
        if (raw) [[maybe_unused]]
            auto const refused = raw->resume();
        if (auto const terminal = first_terminal())
            if (auto const size = pty::window_size_of(*terminal); size && size->columns > 0 && size->rows > 0)
                [[maybe_unused]]
                auto const gone = program->resize(*size);
        if (!program->resume())
            co_return;
    }
}

asio::awaitable<void> console::state::pass_signals_on()
{
    asio::signal_set passed(program->get_executor(), SIGINT, SIGTERM, SIGHUP);
    passed.add(SIGQUIT);
    for (;;) {
        auto const [why, signal] = co_await passed.async_wait(tuple);
        if (why)
            co_return;
        [[maybe_unused]] auto const ended = program->signal_group(signal);  // refused only when it has ended
        if (signal == SIGHUP)
            program->hang_up();
    }
}

console::console(std::unique_ptr<state> opened) noexcept : state_(std::move(opened)) {}
console::console(console&&) noexcept = default;
console& console::operator=(console&&) noexcept = default;
console::~console() = default;

result<console> console::open(session& to, surroundings found, piped_input piped,
                              std::optional<std::byte> escape_key)
{
    auto input = io::borrowed_stream::open(to.get_executor(), STDIN_FILENO, io::direction::read);
    if (!input)
        return std::unexpected(std::move(input.error()));
    auto output = io::borrowed_stream::open(to.get_executor(), STDOUT_FILENO, io::direction::write);
    if (!output)
        return std::unexpected(std::move(output.error()));
    auto opened = std::make_unique<state>(to, std::move(found), std::move(piped), std::move(*input),
                                          std::move(*output));
    opened->escape_key = escape_key;
    if (opened->found.input_is_terminal) {
        auto const output_handling =
            opened->found.output_is_terminal ? pty::output_handling::raw : pty::output_handling::kept;
        auto raw = pty::raw_terminal::enter(STDIN_FILENO, output_handling);
        if (!raw)
            return std::unexpected(std::move(raw.error()));
        opened->raw.emplace(std::move(*raw));
    }
    return console(std::move(opened));
}

asio::awaitable<error_code> console::relay()
{
    io::task_group beside(state_->program->get_executor());
    if (state_->found.input_is_terminal)
        beside.spawn(state_->copy_keys());
    else
        beside.spawn(state_->copy_piped_input());
    beside.spawn(state_->follow_size());
    beside.spawn(state_->follow_stops());
    beside.spawn(state_->pass_signals_on());
    auto const why = co_await state_->copy_output();
    beside.cancel();
    co_await beside.join();
    co_return why;
}

result<void> console::restore()
{
    result<void> outcome;
    if (state_->found.output_is_terminal) {
        auto const bytes = state_->program->emulator().leave_sequence();
        outcome = base::write_all(STDOUT_FILENO, base::bytes_of(bytes), "standard output");
    }
    if (state_->raw)
        if (auto suspended = state_->raw->suspend(); !suspended && outcome)
            outcome = std::move(suspended);
    return outcome;
}

}  // namespace tendril::session
