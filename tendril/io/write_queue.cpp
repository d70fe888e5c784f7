#include <tendril/io/write_queue.hpp>

#include <algorithm>
#include <vector>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::io {

struct write_queue::state : std::enable_shared_from_this<state> {
    state(stream& stream_to, std::size_t limit) : to(&stream_to), limit_bytes(limit) {}

    stream* to;  // null once the queue is gone
    std::size_t limit_bytes;
    std::vector<std::byte> waiting;
    std::vector<std::byte> in_flight;
    std::size_t written = 0;  // of in_flight
    bool writing = false;
    error_code broken;
    asio::any_completion_handler<void(error_code)> drained;

    [[nodiscard]] std::size_t queued() const noexcept { return waiting.size() + in_flight.size() - written; }

    void write_next()
    {
        if (written == in_flight.size()) {
            in_flight.clear();
            in_flight.swap(waiting);
            written = 0;
        }
        writing = !in_flight.empty();
        if (!writing) {
            complete_drain({});
            return;
        }
        auto const rest = base::byte_view(in_flight).subspan(written);
        to->async_write_some(rest, [self = shared_from_this()](error_code why, std::size_t count) {
            self->on_written(why, count);
        });
    }

    void on_written(error_code why, std::size_t count)
    {
        written += count;
        if (!to)
            return;
        if (!why) {
            write_next();
            return;
        }
        writing = false;
        broken = why;
        waiting.clear();
        in_flight.clear();
        written = 0;
        complete_drain(why);
    }

    void complete_drain(error_code why)
    {
        if (!drained)
            return;
        asio::get_associated_cancellation_slot(drained).clear();
        asio::post(to->get_executor(),
                   [done = std::exchange(drained, nullptr), why]() mutable { std::move(done)(why); });
    }
};

write_queue::write_queue(stream& to, std::size_t limit_bytes)
    : state_(std::make_shared<state>(to, limit_bytes))
{
}

write_queue::~write_queue()
{
    state_->complete_drain(asio::error::operation_aborted);
    state_->to = nullptr;
}

error_code write_queue::push(base::byte_view bytes)
{
    if (state_->broken)
        return state_->broken;
    if (bytes.size() > state_->limit_bytes - std::min(state_->limit_bytes, state_->queued()))
        return make_error_code(boost::system::errc::no_buffer_space);

    state_->waiting.insert(state_->waiting.end(), bytes.begin(), bytes.end());
    if (!state_->writing)
        state_->write_next();
    return {};
}

std::size_t write_queue::queued_bytes() const noexcept
{
    return state_->queued();
}

void write_queue::start_drain(asio::any_completion_handler<void(error_code)> handler)
{
    auto slot = asio::get_associated_cancellation_slot(handler);
    state_->drained.swap(handler);  // Boost 1.81: its move assignment recurses without end
    if (slot.is_connected()) {
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete_drain(asio::error::operation_aborted);
        });
    }
    if (!state_->writing)
        state_->complete_drain(state_->broken);
}

}  // namespace tendril::io
