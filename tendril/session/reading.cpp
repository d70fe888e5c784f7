#include <tendril/session/detail/session_state.hpp>

#include <algorithm>

#include <poll.h>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::session {

namespace {

// Background children may write for ever after the program has ended: what a terminal can have queued, and no
// more.
constexpr std::size_t drain_limit_bytes = 1024 * 1024;

}  // namespace

/// Has on_readable() run once there is something to do.
void session::state::read()
{
    if (taking)  // what is on its way is what is asked for
        return;
    lent.reset();
    if (output_ended) {
        complete_read(asio::error::eof, {});
        return;
    }
    if (std::exchange(watching_output, true))
        return;
    if (ended || filled)  // what is there is there; nothing is waited for
        on_readable_soon();
    else
        master.lowest_layer().async_wait(io::readiness::readable,
                                         // An error is met again, and told apart, by the read.
                                         [self = shared_from_this()](error_code) { self->on_readable(); });
}

void session::state::on_readable_soon()
{
    asio::post(on, [self = shared_from_this()] { self->on_readable(); });
}

/// Also called when there turns out to be nothing to do.
void session::state::on_readable()
{
    watching_output = false;
    if (gone)
        return;
    if (!master.is_open())
        end_output(asio::error::operation_aborted);
    else if (reader || reads == who_reads::we)
        take_chunk();
}

void session::state::take_chunk()
{
    lent.emplace();
    auto const buffer = lent->bytes().first(std::min(most_read_bytes, io::read_buffer_lease::size_bytes));
    std::size_t count = 0;
    error_code why;
    if (ended && drained_bytes >= drain_limit_bytes)
        why = asio::error::eof;
    while (!why && count < buffer.size())
        count += master.try_read(buffer.subspan(count), why);
    filled = count == buffer.size();
    if (count > 0) {
        drained_bytes += ended ? count : 0;
        take(buffer.first(count));  // an error met behind it is met again by the next read
    } else if (why != asio::error::would_block) {
        end_output(why);
    } else if (ended) {
        end_output(asio::error::eof);
    } else {
        read();
    }
}

void session::state::complete_read(error_code why, base::byte_view chunk)
{
    if (reader)
        asio::post(on, asio::append(detail::released(reader), why, chunk));
}

void session::start_read(std::size_t most_bytes, read_handler handler)
{
    state_->most_read_bytes = most_bytes;
    state_->reads = state::who_reads::somebody;
    state_->complete_read(asio::error::operation_aborted, {});
    state_->reader.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->reader); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete_read(asio::error::operation_aborted, {});
        });
    state_->read();
}

void session::keep_reading()
{
    if (state_->reads == state::who_reads::we)
        return;
    state_->complete_read(asio::error::operation_aborted, {});
    state_->reads = state::who_reads::we;
    state_->most_read_bytes = io::read_buffer_lease::size_bytes;
    if (!state_->output_ended)
        state_->read();
}

bool session::has_unread_output()
{
    if (!state_->master.is_open())
        return false;
    pollfd readable{state_->master.lowest_layer().native_handle(), POLLIN, 0};
    return ::poll(&readable, 1, 0) > 0 && (readable.revents & POLLIN) != 0;
}

}  // namespace tendril::session
