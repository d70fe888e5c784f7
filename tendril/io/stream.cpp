#include <tendril/io/stream.hpp>

#include <boost/asio/buffer.hpp>

namespace tendril::io {

stream::stream(executor on, base::unique_fd descriptor) : descriptor_(on, descriptor.release())
{
    descriptor_.non_blocking(true);
}

void stream::start_read(std::span<std::byte> into, transfer_handler handler)
{
    descriptor_.async_read_some(asio::buffer(into.data(), into.size()), std::move(handler));
}

void stream::start_write(base::byte_view bytes, transfer_handler handler)
{
    descriptor_.async_write_some(asio::buffer(bytes.data(), bytes.size()), std::move(handler));
}

std::size_t stream::try_read(std::span<std::byte> into, error_code& why) noexcept
{
    return descriptor_.read_some(asio::buffer(into.data(), into.size()), why);
}

void stream::cancel() noexcept
{
    error_code ignored;  // only a closed descriptor can refuse, and then nothing is pending
    static_cast<void>(descriptor_.cancel(ignored));
}

void stream::close() noexcept
{
    error_code ignored;  // Linux releases the descriptor whatever close(2) says
    static_cast<void>(descriptor_.close(ignored));
}

}  // namespace tendril::io
