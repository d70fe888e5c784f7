#include <tendril/process/errc.hpp>
#include <tendril/process/reap.hpp>

#include <cerrno>

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tendril::process {

namespace {

std::chrono::microseconds duration_of(::timeval time) noexcept
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

resource_usage usage_of(::rusage const& account) noexcept
{
    constexpr std::size_t kibibyte = 1024;  // Linux counts ru_maxrss in these
    return {duration_of(account.ru_utime), duration_of(account.ru_stime),
            static_cast<std::size_t>(account.ru_maxrss) * kibibyte};
}

reaping try_reap(int pidfd) noexcept
{
    ::siginfo_t told{};
    ::rusage raw{};
    // The system call has a fifth argument that the C library's function hides.
    if (::syscall(SYS_waitid, P_PIDFD, pidfd, &told, WEXITED | WNOHANG, &raw) < 0)
        return {true, {}, {}, errc::status_lost};
    if (told.si_pid == 0)
        return {};
    if (told.si_code == CLD_EXITED)
        return {true, exit_status::exited(told.si_status), usage_of(raw), {}};
    return {true, exit_status::killed(told.si_status, told.si_code == CLD_DUMPED), usage_of(raw), {}};
}

bool has_ended(int pidfd) noexcept
{
    ::siginfo_t told{};
    return ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &told, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           told.si_pid != 0;
}

void reap_ended(int pidfd) noexcept
{
    ::siginfo_t ignored{};
    while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &ignored, WEXITED) < 0 && errno == EINTR) {
    }
}

}  // namespace tendril::process
