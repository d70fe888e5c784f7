#include <apps/tendril/terminal_mode.hpp>

namespace tendril::app {

terminal_mode::terminal_mode(int fd, interrupt_key interrupts) noexcept : fd_(fd)
{
    termios settings{};
    if (::tcgetattr(fd, &settings) < 0)
        return;
    before_ = settings;
    ::cfmakeraw(&settings);
    if (interrupts == interrupt_key::signal)
        settings.c_lflag |= ISIG;
    ::tcsetattr(fd, TCSADRAIN, &settings);
}

terminal_mode::~terminal_mode()
{
    // What was typed, or answered by the terminal, while we had it is not for the shell: flush it.
    if (before_)
        ::tcsetattr(fd_, TCSAFLUSH, &*before_);
}

}  // namespace tendril::app
