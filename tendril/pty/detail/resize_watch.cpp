#include <tendril/pty/detail/resize_watch.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace tendril::pty::detail {

namespace {

constinit std::atomic<int> signalled{-1};
struct sigaction former{};

void on_resize(int number, siginfo_t* why, void* context)
{
    auto const kept = errno;
    ::eventfd_write(signalled.load(), 1);
    if ((former.sa_flags & SA_SIGINFO) != 0)
        former.sa_sigaction(number, why, context);
    else if (former.sa_handler != SIG_DFL && former.sa_handler != SIG_IGN)
        former.sa_handler(number);
    errno = kept;
}

}  // namespace

resize_watch::resize_watch(base::unique_fd event) noexcept : event_(std::move(event)) {}
resize_watch::resize_watch(resize_watch&&) noexcept = default;

result<resize_watch> resize_watch::start()
{
    base::unique_fd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event)
        return os_failure("watch the window size");
    signalled.store(event.get());
    struct sigaction action{};
    action.sa_sigaction = on_resize;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(SIGWINCH, &action, &former);
    return resize_watch(std::move(event));
}

resize_watch::~resize_watch()
{
    if (!event_)
        return;
    ::sigaction(SIGWINCH, &former, nullptr);
    signalled.store(-1);
}

void resize_watch::acknowledge() noexcept
{
    ::eventfd_t count = 0;
    ::eventfd_read(event_.get(), &count);
}

}  // namespace tendril::pty::detail
