#include <tendril/io/write_queue.hpp>

#include <algorithm>
#include <vector>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::io {

namespace {

constexpr std::size_t kept_capacity_bytes = 64 * 1024;  // a burst does not keep its memory for ever

std::size_t size_of(std::span<base::byte_view const> pieces) noexcept
{
    std::size_t total = 0;
    for (auto const& piece : pieces)
        total += piece.size();
    return total;
}

}  // namespace

struct write_queue::state : std::enable_shared_from_this<state> {
    state(stream& stream_to, std::size_t limit) : to(&stream_to), limit_bytes(limit) {}

    stream* to;  // null once the queue is gone
    std::size_t limit_bytes;
    std::vector<std::byte> waiting;
    std::vector<std::byte> in_flight;
    std::size_t written = 0;  // of in_flight
    bool writing = false;     // a wait for the descriptor is pending
    error_code broken;
    std::size_t mark = 0;
    asio::any_completion_handler<void(error_code)> below_mark;

    [[nodiscard]] std::size_t queued() const noexcept { return waiting.size() + in_flight.size() - written; }

    void append(std::span<base::byte_view const> pieces, std::size_t skipped)
    {
        for (auto const& piece : pieces) {
            auto const rest = piece.subspan(std::min(skipped, piece.size()));
            skipped -= piece.size() - rest.size();
            waiting.insert(waiting.end(), rest.begin(), rest.end());
        }
    }

    /// Sends what the descriptor takes, then waits for it to take more.
    void flush()
    {
        while (queued() > 0) {
            base::byte_view const both[] = {base::byte_view(in_flight).subspan(written), waiting};
            error_code why;
            auto const count = to->try_write(both, why);
            if (why == asio::error::would_block) {
                wait_writable();
                return;
            }
            if (why) {
                fail(why);
                return;
            }
            take(count);
        }
        complete({});
    }

    void take(std::size_t count)
    {
        auto const of_first = std::min(count, in_flight.size() - written);
        written += of_first;
        if (written < in_flight.size())
            return;
        in_flight.clear();
        in_flight.swap(waiting);
        written = count - of_first;
        if (queued() == 0)
            discard();
        if (queued() <= mark)
            complete({});
    }

    void discard()
    {
        for (auto* each : {&waiting, &in_flight}) {
            each->clear();
            if (each->capacity() > kept_capacity_bytes)
                each->shrink_to_fit();
        }
        written = 0;
    }

    void wait_writable()
    {
        writing = true;
        to->async_wait(readiness::writable, [self = shared_from_this()](error_code why) {
            self->writing = false;
            if (!self->to)
                return;
            if (why)
                self->fail(why);
            else
                self->flush();
        });
    }

    void fail(error_code why)
    {
        broken = why;
        discard();
        complete(why);
    }

    void complete(error_code why)
    {
        if (!below_mark)
            return;
        asio::get_associated_cancellation_slot(below_mark).clear();
        asio::post(to->get_executor(),
                   [done = std::exchange(below_mark, nullptr), why]() mutable { std::move(done)(why); });
    }
};

write_queue::write_queue(stream& to, std::size_t limit_bytes)
    : state_(std::make_shared<state>(to, limit_bytes))
{
}

write_queue::~write_queue()
{
    state_->complete(asio::error::operation_aborted);
    state_->to = nullptr;
}

error_code write_queue::push(base::byte_view bytes)
{
    return push(std::span(&bytes, 1));
}

error_code write_queue::push(std::span<base::byte_view const> pieces)
{
    auto& queue = *state_;
    if (queue.broken)
        return queue.broken;
    auto const size = size_of(pieces);
    if (size > queue.limit_bytes - std::min(queue.limit_bytes, queue.queued()))
        return make_error_code(boost::system::errc::no_buffer_space);

    error_code why;
    std::size_t sent = 0;
    if (!queue.writing)
        sent = queue.to->try_write(pieces, why);
    queue.append(pieces, sent);
    if (!queue.writing)
        queue.flush();  // also finds again, and remembers, what try_write() complained of
    return {};
}

void write_queue::give_up(error_code why)
{
    state_->fail(why);
}

std::size_t write_queue::queued_bytes() const noexcept
{
    return state_->queued();
}

error_code write_queue::failure() const noexcept
{
    return state_->broken;
}

void write_queue::start_wait_below(std::size_t mark_bytes,
                                   asio::any_completion_handler<void(error_code)> handler)
{
    state_->complete(asio::error::operation_aborted);
    auto slot = asio::get_associated_cancellation_slot(handler);
    state_->mark = mark_bytes;
    state_->below_mark.swap(handler);  // Boost 1.81: its move assignment recurses without end
    if (slot.is_connected()) {
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete(asio::error::operation_aborted);
        });
    }
    if (state_->broken || state_->queued() <= mark_bytes)
        state_->complete(state_->broken);
}

}  // namespace tendril::io
