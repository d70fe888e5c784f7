#include <tendril/session/blocking_dialogue.hpp>
#include <tendril/term/terminal.hpp>

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

namespace tendril::session {

namespace {

std::string listed(std::vector<expect::pattern> const& patterns)
{
    std::string text;
    for (auto const& one : patterns)
        text += (text.empty() ? "'" : " or '") + one.source() + '\'';
    return text;
}

}  // namespace

struct blocking_dialogue::state {
    std::unique_ptr<asio::io_context> loop = std::make_unique<asio::io_context>();
    std::optional<session> program;
    std::optional<dialogue> talk;

    ~state()
    {
        talk.reset();
        program.reset();
    }

    template <typename Value>
    Value run_until(std::optional<Value>& done)
    {
        while (!done) {
            loop->restart();
            loop->run_one();
        }
        return std::move(*done);
    }
};

blocking_dialogue::blocking_dialogue(std::unique_ptr<state> started) noexcept : state_(std::move(started)) {}
blocking_dialogue::blocking_dialogue(blocking_dialogue&&) noexcept = default;
blocking_dialogue& blocking_dialogue::operator=(blocking_dialogue&&) noexcept = default;
blocking_dialogue::~blocking_dialogue() = default;

result<blocking_dialogue> blocking_dialogue::start(start_options how)
{
    auto made = std::make_unique<state>();
    auto const size = how.launch.terminal.size;
    auto screen = std::make_unique<term::terminal>(term::grid_size{size.columns, size.rows});
    auto started = session::start(made->loop->get_executor(), std::move(how), std::move(screen));
    if (!started)
        return std::unexpected(error(started.error()));
    made->program.emplace(std::move(*started));
    made->talk.emplace(*made->program);
    return blocking_dialogue(std::move(made));
}

result<expect::match> blocking_dialogue::expect(std::vector<expect::pattern> patterns, duration within,
                                                expect::source from)
{
    auto const what = listed(patterns);
    std::optional<std::pair<error_code, expect::match>> done;
    state_->talk->async_expect(std::move(patterns), within, from, [&](error_code why, expect::match found) {
        done.emplace(why, std::move(found));
    });
    auto outcome = state_->run_until(done);
    if (outcome.first)
        return failure(outcome.first, "find " + what + " in the output");
    return std::move(outcome.second);
}

result<void> blocking_dialogue::await(duration within)
{
    std::optional<error_code> done;
    state_->talk->async_await(within, [&](error_code why) { done = why; });
    if (auto const why = state_->run_until(done))
        return failure(why, "see everything that was expected");
    return {};
}

result<void> blocking_dialogue::send_line(std::string_view line)
{
    if (auto const why = state_->talk->send_line(line))
        return failure(why, "type a line");
    return {};
}

result<void> blocking_dialogue::send_secret(base::secret const& text)
{
    std::optional<error_code> done;
    asio::co_spawn(state_->loop->get_executor(), type_secret(&*state_->program, &text),
                   [&](std::exception_ptr broken, error_code why) {
                       done = broken ? error_code(asio::error::no_memory) : why;
                   });
    if (auto const why = state_->run_until(done))
        return failure(why, "type a password");
    return {};
}

result<turn_end> blocking_dialogue::interact(turn_options how)
{
    std::optional<result<turn_end>> done;
    asio::co_spawn(state_->loop->get_executor(), tendril::session::interact(&*state_->program, how),
                   [&](std::exception_ptr broken, result<turn_end> ended) {
                       done = broken ? failure(error_code(asio::error::no_memory), "attach a person")
                                     : std::move(ended);
                   });
    return state_->run_until(done);
}

result<process::exit_status> blocking_dialogue::wait(duration within)
{
    auto const end = expect({expect::pattern::end()}, within);
    if (!end)
        return failure(end.error().code, "wait for the end of the output");
    std::optional<std::pair<error_code, process::exit_status>> done;
    state_->program->async_wait([&](error_code why, process::exit_status how) { done.emplace(why, how); });
    auto const [why, how] = state_->run_until(done);
    if (why)
        return failure(why, "wait for the program");
    return how;
}

session& blocking_dialogue::program() noexcept
{
    return *state_->program;
}

}  // namespace tendril::session
