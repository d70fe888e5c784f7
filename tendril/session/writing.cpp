#include <tendril/session/detail/session_state.hpp>

#include <algorithm>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::session {

error_code session::state::type(base::byte_view bytes)
{
    if (output_ended || !master.is_open())
        return make_error_code(boost::system::errc::not_connected);
    auto const why = input.push(bytes);
    if (!why || why == boost::system::errc::no_buffer_space)
        watch_input();
    else
        on_broken_input();
    return why;
}

/// Moves what other threads want typed into the queue, as far as there is room.
void session::state::take_mail()
{
    auto const queued = std::min(input.queued_bytes(), writer::limit_bytes);
    auto const bytes = mail->take(writer::limit_bytes - queued);
    if (!bytes.empty())  // refused only when the terminal is broken, which ends the session
        [[maybe_unused]]
        auto const broken = press(base::bytes_of(bytes));
    if (!mail->empty())
        watch_input();
}

void session::state::watch_input()
{
    if (std::exchange(watching_input, true))
        return;
    input.async_drain([weak = weak_from_this()](error_code why) {
        if (auto const self = weak.lock(); self && !self->gone)
            self->on_input_empty(why);
    });
}

void session::state::on_input_empty(error_code why)
{
    watching_input = false;
    complete_drain(why);
    if (why)
        on_broken_input();
    else if (!mail->empty())
        take_mail();
}

void session::state::complete_drain(error_code why)
{
    if (drainer)
        asio::post(on, asio::append(detail::released(drainer), why));
}

void session::state::on_broken_input()
{
    if (output_ended || !master.is_open())
        return;  // we hung it up ourselves, or the program has closed it
    mail->close();
    asio::post(on, [weak = weak_from_this()] {
        if (auto const self = weak.lock(); self && !self->gone && !self->ended)
            // Refused only when it has ended meanwhile.
            static_cast<void>(self->terminate(usual_stop()));
    });
}

/// As type(), for keys rather than replies: they let the screen catch up with a flood.
error_code session::state::press(base::byte_view bytes)
{
    auto const why = type(bytes);
    if (floods && floods->engaged())
        asio::post(on, [weak = weak_from_this()] {
            if (auto const self = weak.lock(); self && !self->gone)
                self->release_flood();
        });
    return why;
}

error_code session::write(base::byte_view bytes)
{
    return state_->press(bytes);
}

error_code session::write_line(std::string_view line)
{
    return write(base::bytes_of(std::string(line) + '\r'));
}

error_code session::write_lines(std::span<std::string const> lines)
{
    return write(base::bytes_of(typed(lines)));
}

writer session::make_writer() const
{
    return writer(state_->mail);
}

void session::start_drain(asio::any_completion_handler<void(error_code)> handler)
{
    state_->complete_drain(asio::error::operation_aborted);
    state_->drainer.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->drainer); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete_drain(asio::error::operation_aborted);
        });
    state_->watch_input();
}

}  // namespace tendril::session
