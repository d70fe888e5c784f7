#include <tendril/io/quiet_write.hpp>
#include <tendril/io/read_now.hpp>
#include <tendril/io/stream.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <sys/uio.h>

#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::io {

namespace {

constexpr std::size_t most_pieces = 64;  // of the 1024 that writev takes; more saves nothing measurable

using posix = asio::posix::descriptor_base;

posix::wait_type wait_type_of(readiness what) noexcept
{
    switch (what) {
    case readiness::readable:
        return posix::wait_read;
    case readiness::writable:
        return posix::wait_write;
    case readiness::broken:
        break;
    }
    return posix::wait_error;
}

std::size_t write_now(asio::posix::stream_descriptor& to, std::span<base::byte_view const> pieces,
                      error_code& why) noexcept
{
    std::array<::iovec, most_pieces> vectors;
    std::size_t used = 0;
    for (auto const& piece : pieces.first(std::min(pieces.size(), most_pieces)))
        if (!piece.empty())  // writev reads only, whatever its type says
            vectors[used++] = {const_cast<std::byte*>(piece.data()), piece.size()};
    why = {};
    if (used == 0)
        return 0;
    return quiet_write(to.native_handle(), std::span(vectors).first(used), why);
}

/// Tries a transfer, waits until it does not have to wait, tries again. Asio's own write would raise SIGPIPE,
/// and its own read would believe the first end that a terminal says.
template <typename Transfer>
struct transfer_operation {
    std::shared_ptr<asio::posix::stream_descriptor>
        with;  // the stream may go while a completion is on its way
    posix::wait_type ready;
    Transfer transfer;  // std::size_t(stream_descriptor&, error_code&)

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        auto const kept = with;  // moving `self` moves `with` along
        auto const until = ready;
        error_code why;
        auto const count = transfer(*kept, why);
        if (why == asio::error::would_block) {
            kept->async_wait(until, std::move(self));
            return;
        }
        asio::post(kept->get_executor(),
                   [me = std::move(self), why, count]() mutable { me.complete(why, count); });
    }

    template <typename Self>
    void operator()(Self& self, error_code why)
    {
        auto const kept = with;
        auto const until = ready;
        if (!why && !kept->is_open())
            why = asio::error::operation_aborted;
        if (why) {
            self.complete(why, 0);
            return;
        }
        auto const count = transfer(*kept, why);
        if (why == asio::error::would_block)
            kept->async_wait(until, std::move(self));
        else
            self.complete(why, count);
    }
};

template <typename Transfer>
void start(std::shared_ptr<asio::posix::stream_descriptor> const& with, posix::wait_type ready,
           Transfer transfer, transfer_handler& handler)
{
    asio::async_compose<transfer_handler, void(error_code, std::size_t)>(
        transfer_operation<Transfer>{with, ready, std::move(transfer)}, handler, *with);
}

}  // namespace

stream::stream(executor on, base::unique_fd descriptor)
    : descriptor_(std::make_shared<asio::posix::stream_descriptor>(std::move(on), descriptor.release()))
{
    descriptor_->non_blocking(true);
}

stream& stream::operator=(stream&& other) noexcept
{
    stream const former(std::move(*this));
    descriptor_ = std::move(other.descriptor_);
    return *this;
}

stream::~stream()
{
    if (descriptor_)
        close();
}

void stream::start_read(std::span<std::byte> into, transfer_handler handler)
{
    start(
        descriptor_, posix::wait_read,
        [into](auto& from, error_code& why) { return read_now(from.native_handle(), into, why); }, handler);
}

void stream::start_write(base::byte_view bytes, transfer_handler handler)
{
    start(
        descriptor_, posix::wait_write,
        [bytes](auto& to, error_code& why) { return write_now(to, std::span(&bytes, 1), why); }, handler);
}

void stream::start_wait(readiness what, ready_handler handler)
{
    descriptor_->async_wait(wait_type_of(what), std::move(handler));
}

std::size_t stream::try_read(std::span<std::byte> into, error_code& why) noexcept
{
    return read_now(descriptor_->native_handle(), into, why);
}

std::size_t stream::try_write(std::span<base::byte_view const> pieces, error_code& why) noexcept
{
    return write_now(*descriptor_, pieces, why);
}

void stream::cancel() noexcept
{
    error_code ignored;  // only a closed descriptor can refuse, and then nothing is pending
    descriptor_->cancel(ignored);
}

void stream::close() noexcept
{
    error_code ignored;  // Linux releases the descriptor whatever close(2) says
    descriptor_->close(ignored);
}

}  // namespace tendril::io
