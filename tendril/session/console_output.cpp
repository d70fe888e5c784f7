#include <tendril/io/write_queue.hpp>
#include <tendril/session/detail/console_output.hpp>

#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

// As much as the kernel holds for a terminal or in a pipe. More does not make anything faster, and is what is
// still shown after Ctrl-C.
constexpr std::size_t room_bytes = 64 * 1024;

}  // namespace

struct console_output::state : std::enable_shared_from_this<state> {
    state(io::borrowed_stream stream, std::function<void()> broken)
        : to(std::move(stream)), on_broken(std::move(broken))
    {
        if (auto* const pollable = to.pollable())
            queue.emplace(*pollable);
    }

    io::borrowed_stream to;
    std::optional<io::write_queue> queue;  // absent: what is always ready needs none
    std::function<void()> on_broken;
    bool watched = false;
    bool writing = false;  // without a queue

    void watch();
    asio::awaitable<error_code> write(base::byte_view bytes);
};

/// A program that writes no more would never hear that nobody reads what it wrote.
void console_output::state::watch()
{
    if (queue->queued_bytes() == 0 || std::exchange(watched, true))
        return;
    queue->async_drain([weak = weak_from_this()](error_code why) {
        auto const self = weak.lock();
        if (!self)
            return;
        self->watched = false;
        if (why && why != asio::error::operation_aborted)
            self->on_broken();
    });
}

asio::awaitable<error_code> console_output::state::write(base::byte_view bytes)
{
    writing = true;
    error_code failed;
    while (!failed && !bytes.empty()) {
        auto const [why, count] = co_await to.async_write_some(bytes, tuple);
        failed = why;
        bytes = bytes.subspan(count);
    }
    writing = false;
    co_return failed;
}

console_output::console_output(io::borrowed_stream to, std::function<void()> on_broken)
    : state_(std::make_shared<state>(std::move(to), std::move(on_broken)))
{
}

console_output::console_output(console_output&&) noexcept = default;
console_output& console_output::operator=(console_output&&) noexcept = default;
console_output::~console_output() = default;

asio::awaitable<error_code> console_output::show(base::byte_view bytes)
{
    auto const self = state_;
    if (!self->queue)
        co_return co_await self->write(bytes);
    if (auto const why = self->queue->push(bytes))
        co_return why;
    if (self->queue->queued_bytes() >= room_bytes) {
        auto const [why] = co_await self->queue->async_wait_below(room_bytes / 2, tuple);
        if (why)
            co_return why;
    }
    self->watch();
    co_return self->queue->failure();
}

asio::awaitable<error_code> console_output::drained()
{
    auto const self = state_;
    if (!self->queue)
        co_return error_code{};
    auto const [why] = co_await self->queue->async_drain(tuple);
    co_return why;
}

bool console_output::busy() const noexcept
{
    return state_->writing || (state_->queue && state_->queue->queued_bytes() > 0);
}

error_code console_output::failure() const noexcept
{
    return state_->queue ? state_->queue->failure() : error_code{};
}

}  // namespace tendril::session::detail
