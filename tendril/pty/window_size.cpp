#include <tendril/pty/window_size.hpp>

#include <sys/ioctl.h>

namespace tendril::pty {

result<window_size> window_size_of(int fd)
{
    ::winsize native{};
    if (::ioctl(fd, TIOCGWINSZ, &native) < 0)
        return os_failure("read the window size");
    return window_size{native.ws_col, native.ws_row, native.ws_xpixel, native.ws_ypixel};
}

result<void> set_window_size(int fd, window_size size)
{
    ::winsize const native{size.rows, size.columns, size.width, size.height};
    if (::ioctl(fd, TIOCSWINSZ, &native) < 0)
        return os_failure("set the window size");
    return {};
}

}  // namespace tendril::pty
