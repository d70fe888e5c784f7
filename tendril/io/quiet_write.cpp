#include <tendril/io/quiet_write.hpp>

#include <cerrno>
#include <csignal>
#include <ctime>

namespace tendril::io {

namespace {

/// SIGPIPE of a write goes to the writing thread: blocked there, it stays pending until it is taken back.
class pipe_signal_guard {
public:
    pipe_signal_guard() noexcept
    {
        sigset_t pending;
        ::sigpending(&pending);
        was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
        ::sigemptyset(&only_pipe_);
        ::sigaddset(&only_pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &only_pipe_, &before_);
    }
    pipe_signal_guard(pipe_signal_guard const&) = delete;
    pipe_signal_guard& operator=(pipe_signal_guard const&) = delete;
    ~pipe_signal_guard() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    void take_back() const noexcept
    {
        ::timespec const at_once{};
        while (!was_pending_ && ::sigtimedwait(&only_pipe_, nullptr, &at_once) < 0 && errno == EINTR) {
        }
    }

private:
    sigset_t only_pipe_;
    sigset_t before_;
    bool was_pending_ = false;
};

}  // namespace

std::size_t quiet_write(int fd, std::span<::iovec const> vectors, error_code& why) noexcept
{
    pipe_signal_guard const guard;
    ssize_t count = 0;
    do
        count = ::writev(fd, vectors.data(), static_cast<int>(vectors.size()));
    while (count < 0 && errno == EINTR);
    why = count < 0 ? last_os_error() : error_code{};
    if (count >= 0)
        return static_cast<std::size_t>(count);
    if (why == boost::system::errc::broken_pipe)
        guard.take_back();
    return 0;
}

}  // namespace tendril::io
