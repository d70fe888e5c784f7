#include <tendril/pty/fork.hpp>

#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace tendril::pty {

namespace {

constexpr int no_terminal = 126;  // what a shell says when it found a program and could not run it

/// Async-signal-safe: the parent may have had threads.
void become_terminal_child(int slave) noexcept
{
    bool ready = ::setsid() >= 0 && ::ioctl(slave, TIOCSCTTY, 0) >= 0;
    for (int standard = 0; standard <= 2 && ready; ++standard)
        ready = standard == slave ? ::fcntl(slave, F_SETFD, 0) >= 0 : ::dup2(slave, standard) >= 0;
    if (!ready)
        ::_exit(no_terminal);
}

}  // namespace

result<forked> fork(pair_options const& options)
{
    auto opened = open(options);
    if (!opened)
        return std::unexpected(std::move(opened.error()));

    auto const pid = ::fork();
    if (pid < 0)
        return os_failure("fork");
    if (pid > 0)
        return forked{pid, std::move(opened->master)};

    opened->master.reset();
    become_terminal_child(opened->slave.get());
    if (opened->slave.get() <= 2)
        static_cast<void>(opened->slave.release());
    return forked{};
}

}  // namespace tendril::pty
