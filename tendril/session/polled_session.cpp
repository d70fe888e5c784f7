#include <tendril/session/polled_session.hpp>
#include <tendril/term/terminal.hpp>

#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>

namespace tendril::session {

namespace {

// What one look may run: a flood of timers or of handlers that post themselves does not hold the caller.
constexpr int most_handlers = 256;

}  // namespace

struct polled_session::state {
    std::unique_ptr<asio::io_context> loop = std::make_unique<asio::io_context>(1);
    std::optional<session> program;
    std::string output;
    bool ended = false;
};

polled_session::polled_session(std::unique_ptr<state> started) noexcept : state_(std::move(started)) {}
polled_session::polled_session(polled_session&&) noexcept = default;
polled_session& polled_session::operator=(polled_session&&) noexcept = default;
polled_session::~polled_session() = default;

result<polled_session> polled_session::start(start_options how, std::unique_ptr<term::emulator> emulator)
{
    auto made = std::make_unique<state>();
    if (!emulator) {
        auto const size = how.launch.terminal.size;
        emulator = std::make_unique<term::terminal>(term::grid_size{size.columns, size.rows});
    }
    auto started = session::start(made->loop->get_executor(), std::move(how), std::move(emulator));
    if (!started)
        return std::unexpected(error(started.error()));
    made->program.emplace(std::move(*started));
    made->program->on_update(
        [it = made.get()](base::byte_view chunk) { it->output += base::text_of(chunk); });
    made->program->on_exit([it = made.get()](process::exit_status) { it->ended = true; });
    made->program->keep_reading();
    return polled_session(std::move(made));
}

std::string polled_session::read()
{
    auto& it = *state_;
    it.loop->restart();
    for (int i = 0; i < most_handlers && it.output.empty() && it.loop->poll_one() > 0; ++i) {
    }
    return std::exchange(it.output, {});
}

bool polled_session::alive() const noexcept
{
    return state_->program->alive();
}

bool polled_session::ended() const noexcept
{
    return state_->ended && state_->output.empty();
}

session& polled_session::program() noexcept
{
    return *state_->program;
}

}  // namespace tendril::session
