#include <tendril/pty/canonical_slices.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/session/dialogue.hpp>

#include <algorithm>
#include <optional>
#include <string>

#include <boost/asio/append.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::session {

namespace {

/// Whether the kernel's line editor drops something of @p text, which may be several lines.
bool is_too_long(std::string_view text) noexcept
{
    while (text.size() > pty::canonical_slices::line_limit_bytes) {
        auto const end = text.find_first_of("\r\n");
        if (std::min(end, text.size()) > pty::canonical_slices::line_limit_bytes)
            return true;
        text.remove_prefix(end + 1);
    }
    return false;
}

}  // namespace

struct dialogue::state : std::enable_shared_from_this<state> {
    explicit state(session& with) : program(&with), on(with.get_executor()) {}

    session* program;  // null once the dialogue is gone
    io::executor on;
    match_handler asker;
    std::optional<expect::reference> asked;
    asio::cancellation_signal stop_reading;
    bool reading = false;

    void read();
    void complete(error_code why, expect::match found);
    void give_up(error_code why);
};

void dialogue::state::read()
{
    if (!program || std::exchange(reading, true))
        return;
    auto const taken = [self = shared_from_this()](error_code why, base::byte_view) {
        self->reading = false;
        if (!why)
            self->read();
        else if (why != asio::error::eof)  // the end has told the one who asks already
            self->give_up(why);
    };
    program->async_read(asio::bind_cancellation_slot(stop_reading.slot(), taken));
}

void dialogue::state::complete(error_code why, expect::match found)
{
    asked.reset();
    if (asker)
        asio::post(on, asio::append(std::exchange(asker, nullptr), why, std::move(found)));
}

void dialogue::state::give_up(error_code why)
{
    if (asked && program)
        program->unexpect(*asked);
    complete(why, {});
}

dialogue::dialogue(session& with) : session_(&with), state_(std::make_shared<state>(with))
{
    with.hold_unmatched();
}

dialogue::dialogue(dialogue&&) noexcept = default;
dialogue& dialogue::operator=(dialogue&&) noexcept = default;

dialogue::~dialogue()
{
    if (!state_)
        return;
    state_->give_up(asio::error::operation_aborted);
    state_->program = nullptr;
    state_->stop_reading.emit(asio::cancellation_type::total);
}

void dialogue::start_expect(std::vector<expect::pattern> patterns, std::chrono::steady_clock::duration within,
                            expect::source from, match_handler handler)
{
    state_->asker.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->asker); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->give_up(asio::error::operation_aborted);
        });

    auto const weak = std::weak_ptr(state_);
    expect::options how{.from = from, .deadline = std::chrono::steady_clock::now() + within};
    how.on_lapse = [weak](expect::lapse why) {
        if (auto const self = weak.lock())
            self->complete(why == expect::lapse::ended ? error_code(asio::error::eof)
                                                       : error_code(asio::error::timed_out),
                           {});
    };
    auto const matched = [weak](expect::match const& found) {
        if (auto const self = weak.lock())
            self->complete({}, found);
    };
    auto const made = session_->expect(std::move(patterns), matched, std::move(how));
    if (!made) {
        state_->complete(made.error().code, {});
        return;
    }
    state_->asked = *made;
    state_->read();
}

void dialogue::start_reading()
{
    state_->read();
}

error_code dialogue::send_line(std::string_view line)
{
    // Who answers a question means one line, so it is not cut into pieces as piped input is.
    auto const attributes = session_->attributes();
    if (attributes && pty::is_canonical(*attributes) && is_too_long(line))
        return make_error_code(boost::system::errc::message_size);
    return session_->write_line(line);
}

}  // namespace tendril::session
