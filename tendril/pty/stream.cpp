#include <tendril/pty/stream.hpp>
#include <tendril/pty/termios.hpp>

#include <sys/ioctl.h>

namespace tendril::pty {

stream::stream(io::executor on, base::unique_fd master) : master_(std::move(on), std::move(master)) {}

std::size_t stream::try_read(std::span<std::byte> into, error_code& why) noexcept
{
    return master_.try_read(into, why);
}

result<window_size> stream::size()
{
    return window_size_of(master_.native_handle());
}

result<void> stream::resize(window_size size)
{
    return set_window_size(master_.native_handle(), size);
}

result<::termios> stream::attributes()
{
    return attributes_of(master_.native_handle());
}

result<void> stream::set_attributes(::termios const& attributes)
{
    return pty::set_attributes(master_.native_handle(), attributes);
}

result<pid_t> stream::foreground_group()
{
    // The master's ioctl writes 0 when there is no group, or one of another pid namespace.
    pid_t group = 0;
    if (::ioctl(master_.native_handle(), TIOCGPGRP, &group) < 0)
        return os_failure("read the foreground group");
    if (group <= 0)
        return failure(make_error_code(boost::system::errc::no_such_process), "read the foreground group");
    return group;
}

}  // namespace tendril::pty
