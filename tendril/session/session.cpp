#include <tendril/base/quote.hpp>
#include <tendril/session/detail/session_state.hpp>

#include <array>
#include <ctime>
#include <vector>

namespace tendril::session {

namespace {

std::string shown(process::command const& program)
{
    std::vector<std::string> words{program.program};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    return base::shell_join(words);
}

std::string iso_date(std::chrono::system_clock::time_point when)
{
    auto const seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, sizeof "2026-11-21T15:52:37Z"> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

}  // namespace

session::state::state(io::executor executor, start_options const& how, std::string shown_command,
                      pty::terminal_child child, std::unique_ptr<term::emulator> terminal)
    : on(std::move(executor)), id(how.id), command(std::move(shown_command)), limits(how.limits),
      cell(how.cell), replies(how.replies), emulator(std::move(terminal)), program(std::move(child.process)),
      master(std::move(child.master)), hold(on), deadlines(on), patience(on), input(master.lowest_layer())
{
}

std::expected<session, process::spawn_error> session::start(io::executor on, start_options how,
                                                            std::unique_ptr<term::emulator> emulator)
{
    auto& asked = how.launch.terminal.size;
    auto const size = clamped(asked, how.limits, how.cell);
    if (size.rows != asked.rows || size.columns != asked.columns)
        emulator->resize({size.columns, size.rows});
    asked = size;
    auto command = shown(how.program);
    auto launched = pty::launch(on, std::move(how.program), how.launch);
    if (!launched)
        return std::unexpected(std::move(launched.error()));
    session made(
        std::make_shared<state>(on, how, std::move(command), std::move(*launched), std::move(emulator)));
    made.state_->mail =
        std::make_shared<detail::mailbox>(on, writer::limit_bytes, [weak = std::weak_ptr(made.state_)] {
            if (auto const self = weak.lock(); self && !self->gone)
                self->take_mail();
        });
    made.state_->watch_program();
    return made;
}

session::session(std::shared_ptr<state> started) noexcept : state_(std::move(started)) {}
session::session(session&&) noexcept = default;

session& session::operator=(session&& other) noexcept
{
    auto const going = std::exchange(state_, std::move(other.state_));
    if (going && going != state_)
        going->abandon();
    return *this;
}

session::~session()
{
    if (state_)
        state_->abandon();
}

void session::start_wait_stop(pty::stop_handler handler)
{
    state_->program->async_wait_stop(std::move(handler));
}

result<void> session::resume()
{
    return state_->program->resume();
}

std::string session::describe() const
{
    auto const& it = *state_;
    std::string text = it.id.empty() ? "session " : "session " + base::printable(it.id) + ' ';
    text += '"' + base::printable(it.command) + '"';
    if (!it.ended)
        text += " alive";
    else
        text += " ended (status " + std::to_string(it.ended->second.shell_code()) + ')';
    return text + ", started " + iso_date(it.started_at);
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
