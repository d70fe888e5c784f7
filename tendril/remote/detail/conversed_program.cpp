#include <tendril/base/bytes.hpp>
#include <tendril/process/child.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/remote/detail/conversed_program.hpp>

#include <array>
#include <csignal>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::remote::detail {

namespace {

constexpr int longest_drain = 64;  // buffers, so that a flood by somebody who outlives the program ends

/// Our ends and the program's.
struct connection {
    base::unique_fd stream;
    base::unique_fd errors;
    base::unique_fd their_stream;
    base::unique_fd their_errors;
    std::optional<pty::pair> terminal;
};

result<connection> connect(terminal_use use)
{
    connection made;
    std::array<int, 2> raw{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, raw.data()) != 0)
        return os_failure("make a socket pair");
    made.stream.reset(raw[0]);
    made.their_stream.reset(raw[1]);
    if (::pipe2(raw.data(), O_CLOEXEC) != 0)
        return os_failure("make a pipe");
    made.errors.reset(raw[0]);
    made.their_errors.reset(raw[1]);
    if (use == terminal_use::none)
        return made;
    auto terminal = pty::open();
    if (!terminal)
        return std::unexpected(std::move(terminal.error()));
    auto const found = pty::attributes_of(terminal->slave.get());
    if (!found)
        return std::unexpected(found.error());
    if (auto set = pty::set_attributes(terminal->slave.get(), pty::raw_mode(*found)); !set)
        return std::unexpected(std::move(set.error()));
    made.terminal = std::move(*terminal);
    return made;
}

void put_on(connection const& made, terminal_use use, process::command& what)
{
    auto const stream = made.their_stream.get();
    auto const errors = made.their_errors.get();
    what.group =
        process::grouping::own_session;  // nothing of ours is its terminal, and all of it can be ended
    if (made.terminal)
        what.controlling_terminal = made.terminal->slave.get();
    if (use == terminal_use::standard) {
        auto const slave = made.terminal->slave.get();
        what.descriptors = {{0, slave}, {1, slave}, {2, slave}, {3, stream}, {4, errors}};
    } else {
        what.descriptors = {{0, stream}, {1, stream}, {2, errors}};
    }
}

/// Shared with the operations in flight, which may complete after the carrier is gone.
struct course : std::enable_shared_from_this<course> {
    course(io::executor executor, conversed_plan what, process::child started, connection& made)
        : on(std::move(executor)), plan(std::move(what)), program(std::move(started)),
          stream(on, std::move(made.stream)), errors(on, std::move(made.errors)), told(on),
          words(std::move(plan.on_line))
    {
        told.expires_at(asio::steady_timer::time_point::max());
    }

    void begin(std::optional<pty::pair> terminal);
    void end();
    void listen();
    void read_errors();
    void take_errors(error_code why, std::size_t count);
    void take_end(error_code why, process::exit_status status);
    void drain();
    void finish();
    void conclude();
    void fail(connect_failure what, std::string why);

    io::executor on;
    conversed_plan plan;
    std::optional<process::child> program;
    io::stream stream;
    io::stream errors;
    asio::steady_timer told;
    last_lines words;
    last_lines terminal_words;
    std::optional<conversation> talk;
    std::optional<process::exit_status> ended;
    std::optional<connect_error> failed;
    std::array<std::byte, 8192> buffer{};
    bool is_reading = false;
    bool is_over = false;
};

void course::begin(std::optional<pty::pair> terminal)
{
    if (terminal) {
        auto const weak = weak_from_this();
        conversation_events events;
        events.said = [weak](std::string_view bytes) {
            if (auto const self = weak.lock())
                self->terminal_words.add(bytes);
        };
        events.lost = [weak](connect_failure what, std::string why) {
            if (auto const self = weak.lock())
                self->fail(what, std::move(why));
        };
        talk.emplace(on, std::move(*terminal),
                     conversation_plan{plan.target, plan.kind_of, plan.known, plan.may_know},
                     std::move(events));
        if (plan.share == terminal_share::passed)
            listen();
    }
    read_errors();
    program->async_wait([self = shared_from_this()](error_code why, process::exit_status status) {
        self->take_end(why, status);
    });
}

void course::end()
{
    is_over = true;
    // The hang-up first: a program that gained rights, as sudo does, cannot be killed by us.
    talk.reset();
    stream.close();
    errors.close();
    program.reset();
    told.cancel();
}

/// Beside the reads of whoever owns the carrier.
void course::listen()
{
    stream.async_wait(io::readiness::readable, [self = shared_from_this()](error_code why) {
        if (!why && !self->is_over)
            self->talk->fall_silent();
    });
}

void course::read_errors()
{
    is_reading = true;
    errors.async_read_some(buffer, [self = shared_from_this()](error_code why, std::size_t count) {
        self->take_errors(why, count);
    });
}

void course::take_errors(error_code why, std::size_t count)
{
    is_reading = false;
    if (is_over)
        return;
    words.add(base::text_of(std::span(buffer).first(count)));
    if (is_over)
        return;
    if (ended)
        finish();
    else if (!why)
        read_errors();
}

void course::take_end(error_code why, process::exit_status status)
{
    if (is_over || why)
        return;
    ended = status;
    if (is_reading)
        errors.cancel();
    else
        finish();
}

/// Reads what is there of its words. Beside a read that waits for more.
void course::drain()
{
    error_code why;
    std::array<std::byte, 4096> piece{};
    for (auto left = longest_drain; left > 0 && !is_over && errors.is_open(); --left) {
        auto const count = errors.try_read(piece, why);
        if (why || count == 0)
            break;
        words.add(base::text_of(std::span(piece).first(count)));
    }
}

/// The program is gone, but what it said may still be under way in its pipe and on its terminal.
void course::finish()
{
    drain();
    if (is_over)
        return;
    auto then = [weak = weak_from_this()] {
        if (auto const self = weak.lock())
            self->conclude();
    };
    if (talk)
        talk->finish(std::move(then));
    else
        then();
}

void course::conclude()
{
    words.finish();
    terminal_words.finish();
    if (is_over || failed)
        return;
    auto why = plan.explain({*ended, words.lines(), terminal_words.lines(), talk && talk->has_answered()});
    fail(why.what, std::move(why.words));
}

void course::fail(connect_failure what, std::string why)
{
    if (failed || is_over)
        return;
    auto said = terminal_words.text();
    if (auto const errors_said = words.text(); !errors_said.empty())
        said += (said.empty() ? "" : "\n") + errors_said;
    failed = connect_error{what, plan.target, std::move(why), std::move(said)};
    // It waits for an answer that never comes. Whoever owns the carrier reaps it.
    if (!ended)
        static_cast<void>(program->signal_group(SIGKILL));
    talk.reset();
    told.cancel();
}

class conversed_program final : public carrier {
public:
    explicit conversed_program(std::shared_ptr<course> begun) : course_(std::move(begun)) {}
    ~conversed_program() override { course_->end(); }

    io::stream& stream() noexcept override { return course_->stream; }
    asio::awaitable<connect_error> failure() override { return wait_for_failure(course_); }
    void also_tell(line_handler told) override { course_->words.also_tell(std::move(told)); }
    std::string description() const override { return course_->plan.target; }

    std::string last_words() override
    {
        auto const kept = course_;  // who is told a line may destroy us
        if (!kept->plan.last_words)
            return {};
        kept->drain();
        return kept->plan.last_words(kept->words.lines());
    }

private:
    static asio::awaitable<connect_error> wait_for_failure(std::shared_ptr<course> of)
    {
        constexpr auto token = asio::as_tuple(asio::use_awaitable);
        if (!of->failed && !of->is_over)
            co_await of->told.async_wait(token);
        if (!of->failed)
            throw boost::system::system_error(asio::error::operation_aborted);
        co_return *of->failed;
    }

    std::shared_ptr<course> course_;
};

}  // namespace

std::expected<std::unique_ptr<carrier>, connect_error> start_conversed(io::executor on, conversed_plan plan)
{
    auto const refusal = [&](std::string words) {
        return std::unexpected(
            connect_error{connect_failure::cannot_start, plan.target, std::move(words), {}});
    };
    auto made = connect(plan.terminal);
    if (!made)
        return refusal(made.error().message());
    put_on(*made, plan.terminal, plan.what);
    auto started = process::launch(on, plan.what);
    if (!started)
        return refusal(started.error().message());
    auto begun = std::make_shared<course>(on, std::move(plan), std::move(*started), *made);
    begun->begin(std::move(made->terminal));
    return std::make_unique<conversed_program>(std::move(begun));
}

}  // namespace tendril::remote::detail
