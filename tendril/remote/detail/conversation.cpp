#include <tendril/base/bytes.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/remote/detail/conversation.hpp>
#include <tendril/remote/detail/conversation_text.hpp>
#include <tendril/remote/detail/last_lines.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::remote::detail {

namespace {

// A prompt is written in one piece, but a terminal may hand out pieces: what we do not know must have stood
// still for so long.
constexpr std::chrono::milliseconds settling_time{150};
constexpr int most_questions = 16;              // more than any login asks; a peer that never ends is none
constexpr std::size_t longest_password = 1000;  // ssh reads 1023 bytes, and a terminal holds 4095

}  // namespace

std::string flaw_of(answers const& known)
{
    if (!known.password)
        return {};
    auto const text = known.password->reveal();
    auto const is_line = text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
    return is_line && text.size() <= longest_password
               ? std::string()
               : "password: only one line of at most 1000 bytes can be answered";
}

namespace {

// Coroutines of their own, so that what throws before it waits is caught, too, and lives as long as they do.

asio::awaitable<std::optional<base::secret>> ask_by(std::shared_ptr<answers const> known, question what)
{
    auto answer = known->ask(std::move(what));
    auto given = co_await std::move(answer);
    co_return given;
}

asio::awaitable<bool> verify_by(std::function<asio::awaitable<bool>(std::string)> may_know, std::string text)
{
    auto answer = may_know(std::move(text));
    auto const is_right = co_await std::move(answer);
    co_return is_right;
}

}  // namespace

struct conversation::state : std::enable_shared_from_this<state> {
    state(io::executor executor, pty::pair terminal, conversation_plan what, conversation_events told)
        : on(std::move(executor)), master(on, std::move(terminal.master)), slave(std::move(terminal.slave)),
          plan(std::move(what)), events(std::move(told)), settled(on)
    {
    }

    void read_on();
    void take(error_code why, std::size_t count);
    void drain();
    void end();
    void consider();
    void attend(prompt_kind kind);
    void verify();
    void attend_password();
    void ask();
    void take_answer(std::optional<base::secret> const& given);
    void give(base::secret const& answer);
    void lose(connect_failure what, std::string_view why);

    io::executor on;
    io::stream master;
    base::unique_fd slave;
    conversation_plan plan;
    conversation_events events;
    asio::steady_timer settled;
    asio::cancellation_signal stop_asking;
    conversation_text heard;
    std::string last_question;
    std::function<void()> at_end;
    std::array<std::byte, 4096> buffer{};
    prompt_kind asked = prompt_kind::nothing;
    int questions = 0;
    bool is_asking = false;
    bool gave_password = false;
    bool has_answered = false;
    bool is_reading = false;
    bool is_silent = false;
    bool is_over = false;
};

void conversation::state::read_on()
{
    is_reading = true;
    master.async_read_some(
        buffer, [self = shared_from_this()](error_code why, std::size_t count) { self->take(why, count); });
}

void conversation::state::take(error_code why, std::size_t count)
{
    is_reading = false;
    if (is_over)
        return;
    auto const text = base::text_of(std::span(buffer).first(count));
    heard.add(text);
    if (events.said && count > 0)
        events.said(text);
    if (is_over)
        return;
    if (at_end) {
        drain();
        return;
    }
    if (why)
        return;
    consider();
    if (!is_over)
        read_on();
}

/// The program is gone, so what is there is all that there will be.
void conversation::state::drain()
{
    error_code why;
    for (auto left = 64; left > 0 && !is_over; --left) {  // a terminal holds far less than 64 buffers
        auto const count = master.try_read(buffer, why);
        if (why || count == 0)
            break;
        if (events.said)
            events.said(base::text_of(std::span(buffer).first(count)));
    }
    auto const then = std::exchange(at_end, {});
    if (!is_over && then)
        then();
}

void conversation::state::end()
{
    is_over = true;
    settled.cancel();
    stop_asking.emit(asio::cancellation_type::terminal);
    master.close();
    slave.reset();
}

void conversation::state::consider()
{
    settled.cancel();
    if (is_asking || is_silent || !heard.is_at_prompt())
        return;
    auto const kind = plan.kind_of(heard.text());
    if (kind == prompt_kind::nothing)
        return;
    if (kind != prompt_kind::login && kind != prompt_kind::local) {
        attend(kind);
        return;
    }
    settled.expires_after(settling_time);
    settled.async_wait([self = shared_from_this(), kind](error_code why) {
        if (!why && !self->is_over && !self->is_silent && !self->is_asking)
            self->attend(kind);
    });
}

void conversation::state::attend(prompt_kind kind)
{
    asked = kind;
    auto question = without_controls(heard.text());
    if (++questions > most_questions || (question == last_question && kind != prompt_kind::passphrase)) {
        lose(connect_failure::wrong_password, "it asks again");
        return;
    }
    last_question = std::move(question);
    switch (kind) {
    case prompt_kind::password:
    case prompt_kind::login:
        if (plan.may_know && plan.known->password && !gave_password)
            verify();
        else
            attend_password();
        break;
    case prompt_kind::local:
        ask();
        break;
    case prompt_kind::passphrase:
        if (plan.known->ask)
            ask();
        else
            give({});
        break;
    case prompt_kind::host_key:
        lose(connect_failure::unknown_host_key, "it asks");
        break;
    case prompt_kind::nothing:
        break;
    }
}

void conversation::state::verify()
{
    is_asking = true;
    auto verified = [self = shared_from_this()](std::exception_ptr thrown, bool may_know) {
        self->is_asking = false;
        if (self->is_over || self->is_silent)
            return;
        if (!thrown && may_know) {
            self->attend_password();
        } else {
            self->asked = prompt_kind::local;
            self->ask();
        }
    };
    asio::co_spawn(on, verify_by(plan.may_know, std::string(heard.text())),
                   asio::bind_cancellation_slot(stop_asking.slot(), std::move(verified)));
}

void conversation::state::attend_password()
{
    auto const& known = *plan.known;
    auto const ask_first = asked == prompt_kind::login;
    if (gave_password && !ask_first) {
        lose(connect_failure::wrong_password, "it asks again");
    } else if (known.password && !gave_password && !(ask_first && known.ask)) {
        gave_password = true;
        give(*known.password);
    } else {
        gave_password = gave_password || !ask_first;
        ask();
    }
}

void conversation::state::ask()
{
    if (!plan.known->ask) {
        lose(connect_failure::password_needed, "it asks");
        return;
    }
    is_asking = true;
    auto answered = [self = shared_from_this()](std::exception_ptr thrown,
                                                std::optional<base::secret> const& given) {
        self->is_asking = false;
        if (self->is_over || self->is_silent)
            return;
        if (thrown)
            self->take_answer(std::nullopt);
        else
            self->take_answer(given);
    };
    question what{plan.target, last_question};
    asio::co_spawn(on, ask_by(plan.known, std::move(what)),
                   asio::bind_cancellation_slot(stop_asking.slot(), std::move(answered)));
}

void conversation::state::take_answer(std::optional<base::secret> const& given)
{
    if (given)
        give(*given);
    else if (asked == prompt_kind::passphrase)
        give({});
    else
        lose(connect_failure::password_needed, "nobody answers");
}

void conversation::state::give(base::secret const& answer)
{
    heard.answered();
    has_answered = has_answered || asked == prompt_kind::password || asked == prompt_kind::login;
    std::array<base::byte_view, 2> const pieces{base::bytes_of(answer.reveal()), base::bytes_of("\n")};
    error_code why;
    auto const written = master.try_write(pieces, why);
    if (why || written != answer.reveal().size() + 1)
        lose(connect_failure::ended, "the terminal takes no answer");
}

void conversation::state::lose(connect_failure what, std::string_view why)
{
    is_silent = true;
    auto const question = std::string_view(last_question);
    auto const line = question.substr(question.find_last_of('\n') + 1);
    auto words = std::string(why) + (line.empty() ? "" : ": ") + std::string(line);
    words.erase(words.find_last_not_of(" :") + 1);
    events.lost(what, std::move(words));
}

conversation::conversation(io::executor on, pty::pair terminal, conversation_plan plan,
                           conversation_events events)
    : state_(std::make_shared<state>(std::move(on), std::move(terminal), std::move(plan), std::move(events)))
{
    state_->read_on();
}

conversation::~conversation()
{
    state_->end();
}

bool conversation::has_answered() const noexcept
{
    return state_->has_answered;
}

void conversation::fall_silent()
{
    state_->is_silent = true;
    state_->settled.cancel();
    state_->stop_asking.emit(asio::cancellation_type::terminal);
}

void conversation::finish(std::function<void()> then)
{
    fall_silent();
    state_->at_end = std::move(then);
    if (state_->is_reading)
        state_->master.cancel();
    else
        asio::post(state_->on, [self = state_] {
            if (!self->is_over)
                self->drain();
        });
}

}  // namespace tendril::remote::detail
