#include <tendril/io/read_buffer.hpp>
#include <tendril/rpc/link.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::rpc {

namespace {

constexpr int reads_a_turn = 8;  // then it is somebody else's turn
constexpr int writes_a_turn = 8;
constexpr std::size_t views_a_write = 64;
// About 150 calls: the far end begins with them while we make the next ones.
constexpr std::size_t written_early = 16UL * 1024;

}  // namespace

link::link(link_id number, context_id neighbour, io::executor on, std::unique_ptr<duplex> stream)
    : number_(number), neighbour_(neighbour), on_(std::move(on)), stream_(std::move(stream)),
      heard_(std::chrono::steady_clock::now())
{
}

void link::start(listener who, base::byte_view early)
{
    who_ = std::move(who);
    if (!early.empty())
        take_in(early);
    wait_readable();
}

void link::stop() noexcept
{
    auto const gone = std::move(stream_);
    if (gone)
        gone->close();
}

void link::pause() noexcept
{
    if (!std::exchange(is_paused_, true))
        ++counters_.pauses;
}

void link::resume()
{
    is_paused_ = false;
    wait_readable();
}

link_counters link::counters() const noexcept
{
    auto now = counters_;
    now.queued_bytes = queue_.bytes();
    return now;
}

void link::wait_readable()
{
    if (!stream_ || is_paused_ || is_waiting_readable_ || is_reading_)
        return;
    is_waiting_readable_ = true;
    stream_->start_wait(io::readiness::readable, [self = shared_from_this()](error_code why) {
        self->is_waiting_readable_ = false;
        if (!self->stream_)
            return;
        if (why)
            self->lose("its stream cannot be waited for: " + why.message());
        else if (!self->is_paused_)
            self->read_some();
    });
}

void link::read_some()
{
    is_reading_ = true;
    for (int turn = 0; turn < reads_a_turn && stream_ && !is_paused_; ++turn) {
        io::read_buffer_lease lease(io::read_buffer_lease::size::large);
        error_code why;
        auto const count = stream_->try_read(lease.bytes(), why);
        if (why == asio::error::would_block)
            break;
        if (why) {
            is_reading_ = false;
            return lose(why != asio::error::eof  ? "reading from it failed: " + why.message()
                        : reader_.within_frame() ? "its stream ended in the middle of a frame"
                                                 : "its stream ended");
        }
        take_in(lease.bytes().first(count));
        if (count < lease.bytes().size())
            break;  // there was no more
    }
    is_reading_ = false;
    if (!stream_)
        return;
    flush();
    wait_readable();
}

void link::take_in(base::byte_view bytes)
{
    auto const kept = shared_from_this();
    counters_.bytes_in += bytes.size();
    heard_ = std::chrono::steady_clock::now();
    auto const why = reader_.feed(bytes, [this](wire::frame_header const& header, base::byte_view piece) {
        ++counters_.frames_in;
        if (stream_ && who_.on_frame)  // a handler may have stopped it
            who_.on_frame(header, piece);
    });
    if (why && stream_)
        lose("what it sends is no frame: " + why.message());
}

void link::send(wire::message what, std::uint32_t number)
{
    if (!stream_)
        return;
    queue_.push(std::move(what), number);
    plan_flush();
}

void link::relay(link_id from, wire::frame_header const& header, base::byte_view piece)
{
    if (!stream_)
        return;
    queue_.relay(from, header, piece);
    plan_flush();
}

/// What is queued in one turn of the loop goes out together, as long as it is little.
void link::plan_flush()
{
    ++counters_.frames_out;
    if (queued_since_ == std::chrono::steady_clock::time_point())
        queued_since_ = std::chrono::steady_clock::now();
    counters_.most_queued_bytes = std::max(counters_.most_queued_bytes, queue_.bytes());
    if (queue_.ready_bytes() >= written_early && !is_waiting_writable_)
        write_early();
    if (is_reading_ || flush_is_planned_ || is_waiting_writable_)
        return;
    flush_is_planned_ = true;
    asio::post(on_, [self = shared_from_this()] {
        self->flush_is_planned_ = false;
        self->flush();
    });
}

/// Within send(), where nobody may be told of anything: what goes wrong goes wrong again in flush().
void link::write_early()
{
    std::array<base::byte_view, views_a_write> views;
    auto const count = queue_.gather(views);
    error_code why;
    auto const written = stream_->try_write(std::span(views).first(count), why);
    if (why == asio::error::would_block)
        wait_writable();
    if (why)
        return;
    counters_.bytes_out += written;
    queue_.wrote(written);
    if (who_.on_room)
        who_.on_room();
}

void link::flush()
{
    for (int turn = 0; turn < writes_a_turn && stream_ && !is_waiting_writable_ && !queue_.empty(); ++turn) {
        std::array<base::byte_view, views_a_write> views;
        auto const count = queue_.gather(views);
        error_code why;
        auto const written = stream_->try_write(std::span(views).first(count), why);
        if (why == asio::error::would_block)
            return wait_writable();
        if (why)
            return lose("writing to it failed: " + why.message());
        counters_.bytes_out += written;
        queue_.wrote(written);
        if (who_.on_room)
            who_.on_room();
    }
    if (stream_ && !queue_.empty() && !is_waiting_writable_)
        wait_writable();
    if (queue_.empty())
        note_empty_queue();
}

void link::note_empty_queue() noexcept
{
    if (queued_since_ == std::chrono::steady_clock::time_point())
        return;
    auto const waited = std::chrono::steady_clock::now() - std::exchange(queued_since_, {});
    counters_.queue_time += waited;
    counters_.longest_queue_time = std::max<std::chrono::nanoseconds>(counters_.longest_queue_time, waited);
}

void link::wait_writable()
{
    is_waiting_writable_ = true;
    stream_->start_wait(io::readiness::writable, [self = shared_from_this()](error_code why) {
        self->is_waiting_writable_ = false;
        if (!self->stream_)
            return;
        if (why)
            self->lose("its stream cannot be waited for: " + why.message());
        else
            self->flush();
    });
}

void link::lose(std::string why)
{
    auto const told = std::move(who_.on_lost);
    if (auto const words = stream_ ? stream_->why_it_ended() : std::string(); !words.empty())
        why += ": " + words;
    stop();
    if (told)
        told(std::move(why));
}

}  // namespace tendril::rpc
