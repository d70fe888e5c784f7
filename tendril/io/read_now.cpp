#include <tendril/io/executor.hpp>
#include <tendril/io/read_now.hpp>

#include <unistd.h>

#include <boost/asio/error.hpp>

namespace tendril::io {

std::size_t read_now(int fd, std::span<std::byte> into, error_code& why) noexcept
{
    ssize_t count = 0;
    do {
        count = read_past_early_end([&] { return ::read(fd, into.data(), into.size()); });
    } while (count < 0 && errno == EINTR);
    why = {};
    if (count > 0)
        return static_cast<std::size_t>(count);
    if (count == 0 || errno == EIO)
        why = asio::error::eof;
    else
        why = error_code(errno, boost::system::system_category());
    return 0;
}

}  // namespace tendril::io
