#include <tendril/pty/termios.hpp>

namespace tendril::pty {

result<::termios> attributes_of(int fd)
{
    ::termios attributes{};
    if (::tcgetattr(fd, &attributes) < 0)
        return os_failure("read terminal attributes");
    return attributes;
}

result<void> set_attributes(int fd, ::termios const& attributes)
{
    if (::tcsetattr(fd, TCSANOW, &attributes) < 0)
        return os_failure("set terminal attributes");
    return {};
}

::termios raw_mode(::termios from) noexcept
{
    ::cfmakeraw(&from);
    from.c_cc[VMIN] = 1;
    from.c_cc[VTIME] = 0;
    return from;
}

::termios without_echo(::termios from) noexcept
{
    from.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    return from;
}

bool is_canonical(::termios const& attributes) noexcept
{
    return (attributes.c_lflag & ICANON) != 0;
}

}  // namespace tendril::pty
