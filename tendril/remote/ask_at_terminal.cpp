#include <tendril/base/bytes.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/remote/ask_at_terminal.hpp>
#include <tendril/remote/detail/secret_line.hpp>

#include <array>
#include <cerrno>
#include <deque>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote {

namespace {

using detail::secret_line;

constexpr auto token = asio::as_tuple(asio::use_awaitable);

/// The person's attention: one question has it, the others stand in line.
struct attention {
    bool is_taken = false;
    std::deque<asio::steady_timer*> waiting;

    /// Whoever is woken looks for itself whether it is its turn.
    void wake_next()
    {
        if (!is_taken && !waiting.empty())
            waiting.front()->cancel();
    }
};

/// Holds it, and hands it on when the question is over.
class turn {
public:
    explicit turn(std::shared_ptr<attention> of) : of_(std::move(of)) { of_->is_taken = true; }
    turn(turn const&) = delete;
    turn& operator=(turn const&) = delete;
    ~turn()
    {
        of_->is_taken = false;
        of_->wake_next();
    }

private:
    std::shared_ptr<attention> of_;
};

/// A place in the line; it is left in any case.
class place {
public:
    place(std::shared_ptr<attention> of, io::executor on) : of_(std::move(of)), timer_(std::move(on))
    {
        timer_.expires_at(asio::steady_timer::time_point::max());
        of_->waiting.push_back(&timer_);
    }
    place(place const&) = delete;
    place& operator=(place const&) = delete;
    ~place()
    {
        std::erase(of_->waiting, &timer_);
        of_->wake_next();
    }

    [[nodiscard]] bool is_first() const { return of_->waiting.front() == &timer_; }
    [[nodiscard]] asio::steady_timer& timer() noexcept { return timer_; }

private:
    std::shared_ptr<attention> of_;
    asio::steady_timer timer_;
};

/// Whether this is nobody's terminal now but ours: another job's would stop us (SIGTTOU).
bool is_ours(int terminal) noexcept
{
    auto const foreground = ::tcgetpgrp(terminal);
    return foreground == ::getpgrp() || (foreground < 0 && errno == ENOTTY);  // not our controlling terminal
}

/// Shows @p text. A terminal takes more than a question at once, or nobody looks at it.
void show(io::stream& terminal, std::string_view text)
{
    std::array<base::byte_view, 1> const pieces{base::bytes_of(text)};
    error_code ignored;
    static_cast<void>(terminal.try_write(pieces, ignored));
}

asio::awaitable<std::optional<base::secret>> read_answer(io::stream* terminal)
{
    secret_line line;
    std::array<std::byte, 1> key{};  // one, so that what is typed ahead for others stays there
    for (;;) {
        auto const [why, count] = co_await terminal->async_read_some(key, token);
        if (why || count == 0)
            co_return std::nullopt;
        switch (line.press(key[0])) {
        case secret_line::state::typing:
            break;
        case secret_line::state::entered:
            co_return line.text();
        case secret_line::state::abandoned:
            co_return std::nullopt;
        }
    }
}

asio::awaitable<std::optional<base::secret>> ask(std::shared_ptr<attention> person, std::string path,
                                                 question what)
{
    auto const executor = co_await asio::this_coro::executor;
    {
        place in_line(person, executor);
        while (person->is_taken || !in_line.is_first()) {
            auto const state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none)
                co_return std::nullopt;
            auto& timer = in_line.timer();
            static_cast<void>(co_await timer.async_wait(token));
        }
    }
    turn const ours(person);
    base::unique_fd opened(::open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
    if (!opened || !is_ours(opened.get()))
        co_return std::nullopt;
    io::stream terminal(executor, std::move(opened));
    auto const raw = pty::raw_terminal::enter(terminal.native_handle(), pty::output_handling::kept);
    if (!raw)
        co_return std::nullopt;
    show(terminal, what.target + ": " + what.text);
    auto const reading = &terminal;
    auto answer = read_answer(reading);
    auto given = co_await std::move(answer);
    show(terminal, "\n");
    co_return given;
}

}  // namespace

responder ask_at_terminal(std::string terminal)
{
    return [person = std::make_shared<attention>(), path = std::move(terminal)](question what) {
        return ask(person, path, std::move(what));
    };
}

}  // namespace tendril::remote
