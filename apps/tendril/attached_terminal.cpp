#include <tendril/base/file.hpp>
#include <tendril/io/task_group.hpp>
#include <tendril/pty/window_size.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <unistd.h>

#include <apps/tendril/attached_terminal.hpp>
#include <apps/tendril/fitted_view.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view bell = "\a";

// The byte; what the kitty keyboard protocol makes of it; what xterm's modifyOtherKeys does.
constexpr std::array<std::string_view, 3> detach_keys{"\x1c", "\x1b[92;5u", "\x1b[27;5;92~"};

term::grid_size own_size()
{
    auto const size = pty::window_size_of(STDOUT_FILENO);
    return size && size->columns > 0 && size->rows > 0 ? term::grid_size{size->columns, size->rows}
                                                       : term::grid_size{};
}

}  // namespace

std::size_t find_detach_key(std::string_view keys) noexcept
{
    auto first = std::string_view::npos;
    for (auto const& key : detach_keys)
        first = std::min(first, keys.find(key));
    return first;
}

struct attached_terminal::state {
    state(session::host_client connected, io::borrowed_stream in, io::borrowed_stream out,
          pty::raw_terminal mode, term::client_abilities can)
        : link(std::move(connected)), input(std::move(in)), output(std::move(out)), raw(std::move(mode)),
          view(can)
    {
    }

    session::host_client link;
    io::borrowed_stream input;
    io::borrowed_stream output;
    pty::raw_terminal raw;
    fitted_view view;
    std::size_t lost_keys = 0;
    bool writing = false;
    bool bell_is_due = false;          // once what is being written is
    io::task_group* beside = nullptr;  // what ends with the session's last frame
    result<std::optional<process::exit_status>> end = std::nullopt;

    asio::awaitable<void> show();
    asio::awaitable<error_code> write(std::string bytes);
    asio::awaitable<void> note_lost(std::size_t count);
    asio::awaitable<void> type();
    asio::awaitable<void> follow_size();
    asio::awaitable<void> watch_signals();
    asio::awaitable<void> until_over(io::executor on);
    [[nodiscard]] std::string take(session::host_event event);
    [[nodiscard]] std::string new_page() const;
};

/// What is on the screen goes up into the history before it is painted over.
std::string attached_terminal::state::new_page() const
{
    auto const rows = own_size().rows;
    return "\x1b[" + std::to_string(rows) + ";1H" + std::string(rows, '\n');
}

/// The bytes for the person's terminal. The status, if that is what it is, is kept.
std::string attached_terminal::state::take(session::host_event event)
{
    if (auto* const how = std::get_if<process::exit_status>(&event)) {
        end = *how;
        return {};
    }
    if (auto* const begun = std::get_if<session::host_screen>(&event)) {
        view.begin(begun->size);
        return new_page();
    }
    if (auto* const changed = std::get_if<session::host_resized>(&event))
        view.resize(changed->size);
    auto* const shown = std::get_if<session::host_output>(&event);
    if (!shown)
        return {};
    return view.show(std::move(shown->bytes), own_size());
}

asio::awaitable<void> attached_terminal::state::show()
{
    for (bool over = false; !over;) {
        auto event = co_await link.next();
        if (!event && event.error().code == asio::error::operation_aborted)
            co_return;  // the person has detached
        if (!event) {
            end = std::unexpected(std::move(event.error()));
            break;
        }
        over = std::holds_alternative<process::exit_status>(*event);
        auto bytes = take(std::move(*event));
        auto const failed = co_await write(std::move(bytes));
        if (failed) {
            end = failure(failed, "write to the terminal");
            break;
        }
    }
    beside->cancel();
}

asio::awaitable<error_code> attached_terminal::state::write(std::string bytes)
{
    auto rest = base::bytes_of(bytes);
    writing = true;
    error_code failed;
    while (!failed && !rest.empty()) {
        auto const [why, count] = co_await output.async_write_some(rest, tuple);
        failed = why;
        rest = rest.subspan(count);
        if (rest.empty() && std::exchange(bell_is_due, false))
            rest = base::bytes_of(bell);
    }
    writing = false;
    co_return failed;
}

asio::awaitable<void> attached_terminal::state::note_lost(std::size_t count)
{
    bool const is_first = lost_keys == 0;
    lost_keys += count;
    if (!is_first)
        co_return;
    if (writing)  // between the bytes of a sequence the bell can mean something else
        bell_is_due = true;
    else
        co_await output.async_write_some(base::bytes_of(bell), tuple);
}

asio::awaitable<void> attached_terminal::state::type()
{
    std::array<char, 4096> buffer;
    for (;;) {
        auto const into = std::as_writable_bytes(std::span(buffer));
        auto const [why, count] = co_await input.async_read_some(into, tuple);
        if (why == asio::error::operation_aborted)
            co_return;
        std::string_view const keys(buffer.data(), count);
        auto const detach = find_detach_key(keys);
        // What does not fit into a megabyte that the program leaves unread is dropped: were it waited for,
        // Ctrl-\ would wait too.
        auto const typed = keys.substr(0, detach);
        if (link.type(base::bytes_of(typed)) == boost::system::errc::no_buffer_space)
            co_await note_lost(typed.size());
        if (why || detach != std::string_view::npos)
            break;
    }
    beside->cancel();
}

asio::awaitable<void> attached_terminal::state::follow_size()
{
    asio::signal_set changed(input.get_executor(), SIGWINCH);
    for (;;) {
        auto const [why, signal] = co_await changed.async_wait(tuple);
        if (why)
            co_return;
        if (auto const size = pty::window_size_of(STDOUT_FILENO); size && size->columns > 0 && size->rows > 0)
            static_cast<void>(link.resize({size->columns, size->rows}));  // a lost host is noticed by show()
    }
}

asio::awaitable<void> attached_terminal::state::watch_signals()
{
    asio::signal_set asked(input.get_executor(), SIGINT, SIGTERM, SIGHUP);
    asked.add(SIGQUIT);
    auto const [why, signal] = co_await asked.async_wait(tuple);
    if (!why)
        beside->cancel();
}

asio::awaitable<void> attached_terminal::state::until_over(io::executor on)
{
    io::task_group all(on);
    beside = &all;
    all.spawn(show());
    all.spawn(type());
    all.spawn(follow_size());
    all.spawn(watch_signals());
    co_await all.join();
}

attached_terminal::attached_terminal(std::unique_ptr<state> taken) noexcept : state_(std::move(taken)) {}
attached_terminal::attached_terminal(attached_terminal&&) noexcept = default;
attached_terminal& attached_terminal::operator=(attached_terminal&&) noexcept = default;
attached_terminal::~attached_terminal() = default;

result<attached_terminal> attached_terminal::take(asio::io_context& on, session::host_client link,
                                                  term::client_abilities can)
{
    auto input = io::borrowed_stream::open(on.get_executor(), STDIN_FILENO, io::direction::read);
    if (!input)
        return std::unexpected(std::move(input.error()));
    auto output = io::borrowed_stream::open(on.get_executor(), STDOUT_FILENO, io::direction::write);
    if (!output)
        return std::unexpected(std::move(output.error()));
    auto raw = pty::raw_terminal::enter(STDIN_FILENO);
    if (!raw)
        return std::unexpected(std::move(raw.error()));
    return attached_terminal(std::make_unique<state>(std::move(link), std::move(*input), std::move(*output),
                                                     std::move(*raw), can));
}

result<std::optional<process::exit_status>> attached_terminal::run(asio::io_context& on)
{
    std::exception_ptr failed;
    asio::co_spawn(on, state_->until_over(on.get_executor()), [&](std::exception_ptr why) {
        failed = why;
        on.stop();  // keys that the program does not read may still wait for the session
    });
    on.run();
    if (failed)
        std::rethrow_exception(failed);
    return std::move(state_->end);
}

std::size_t attached_terminal::lost_keys() const noexcept
{
    return state_->lost_keys;
}

result<void> attached_terminal::give_back()
{
    auto bytes = state_->view.leave_sequence();
    bytes += "\x1b[" + std::to_string(own_size().rows) + ";1H\r\n";
    auto written = base::write_all(STDOUT_FILENO, base::bytes_of(bytes), "the terminal");
    auto restored = state_->raw.suspend();
    return written ? restored : written;
}

}  // namespace tendril::app
