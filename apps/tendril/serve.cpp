#include <tendril/io/task_group.hpp>
#include <tendril/session/session.hpp>

#include <algorithm>
#include <csignal>
#include <utility>

#include <apps/tendril/command_line.hpp>
#include <apps/tendril/serve.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::app {

namespace {

using namespace std::chrono_literals;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr int exit_timeout = 124;                        // timeout(1)
constexpr auto end_patience = 1s;                        // between one way of ending a program and the next
constexpr std::size_t replies_kept_bytes = 1024 * 1024;  // of all that is answered

/// The terminal, and what it said and told while the session had it.
class served_terminal final : public term::emulator {
public:
    served_terminal(serve_plan const& plan, serve_outcome& into)
        : terminal_(std::make_unique<term::terminal>(plan.size, plan.limits)), limits_(plan.limits),
          kept_(into)
    {
        terminal_->set_host(plan.host);
    }

    void write(base::byte_view bytes) override
    {
        terminal_->feed(bytes);
        for (auto& each : terminal_->take_events())
            if (kept_.events.size() < limits_.events)
                kept_.events.push_back(std::move(each));
    }
    void resize(term::grid_size size) override { terminal_->resize(size); }
    [[nodiscard]] std::vector<std::string> dump() const override { return terminal_->dump(); }
    [[nodiscard]] std::string take_replies() override
    {
        auto replies = terminal_->take_replies();
        kept_.replies +=
            replies.substr(0, replies_kept_bytes - std::min(replies_kept_bytes, kept_.replies.size()));
        return replies;
    }
    [[nodiscard]] std::uint64_t top_line() const noexcept override { return terminal_->top_line(); }

    [[nodiscard]] term::grid_size size() const noexcept { return terminal_->size(); }
    [[nodiscard]] std::unique_ptr<term::terminal> take() noexcept { return std::move(terminal_); }

private:
    std::unique_ptr<term::terminal> terminal_;
    term::terminal_limits limits_;
    serve_outcome& kept_;
};

pty::window_size window_of(term::grid_size size, term::cell_size cell)
{
    return {.columns = size.columns,
            .rows = size.rows,
            .width = static_cast<std::uint16_t>(std::min(size.columns * cell.width, 0xFFFF)),
            .height = static_cast<std::uint16_t>(std::min(size.rows * cell.height, 0xFFFF))};
}

/// One program being served.
struct service {
    serve_plan const& plan;
    session::session& program;
    served_terminal& terminal;
    serve_outcome& outcome;

    asio::awaitable<void> end_program();
    asio::awaitable<void> watch_patience();
    asio::awaitable<void> to_the_end();
};

asio::awaitable<void> service::end_program()
{
    asio::steady_timer pause(program.get_executor());
    for (int const signal : {SIGHUP, SIGTERM, SIGKILL}) {
        if (!program.signal_group(signal))
            co_return;  // it has ended
        pause.expires_after(end_patience);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> service::watch_patience()
{
    asio::steady_timer deadline(program.get_executor(), *plan.patience);
    co_await deadline.async_wait(asio::use_awaitable);
    outcome.ran_out_of_patience = true;
    co_await end_program();
}

asio::awaitable<void> service::to_the_end()
{
    io::task_group beside(program.get_executor());
    if (plan.patience)
        beside.spawn(watch_patience());
    auto size = terminal.size();
    for (;;) {
        auto const [why, chunk] = co_await program.async_read(tuple);
        if (why)
            break;
        if (terminal.size() != size) {  // the program asked for it, and the terminal has it already
            size = terminal.size();
            [[maybe_unused]] auto const told = program.resize(window_of(size, plan.host.pixels));
        }
    }
    auto const [why, how] = co_await program.async_wait(tuple);
    beside.cancel();
    co_await beside.join();
    outcome.status = outcome.ran_out_of_patience ? exit_timeout : how.shell_code();
}

}  // namespace

std::expected<serve_outcome, int> serve(serve_plan const& plan)
{
    asio::io_context loop(1);
    serve_outcome outcome;
    auto command = process::command_of(plan.command);
    command.environment.set("TERM", "xterm-256color");
    for (auto const* const stale : {"COLUMNS", "LINES"})
        command.environment.unset(stale);
    auto made = std::make_unique<served_terminal>(plan, outcome);
    auto& terminal = *made;
    auto program =
        session::session::start(loop.get_executor(),
                                {.program = std::move(command),
                                 .launch = {.terminal = {.size = window_of(plan.size, plan.host.pixels)}},
                                 .replies = session::replies_from::emulator,
                                 .limits = session::size_limits::none()},
                                std::move(made));
    if (!program)
        return std::unexpected(complain("render", program.error(), process::shell_code(program.error())));

    service running{plan, *program, terminal, outcome};
    asio::co_spawn(loop, running.to_the_end(), [&](std::exception_ptr why) {
        if (why)
            std::rethrow_exception(why);
        loop.stop();
    });
    loop.run();
    outcome.terminal = terminal.take();
    return outcome;
}

}  // namespace tendril::app
