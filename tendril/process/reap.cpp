#include <tendril/process/errc.hpp>
#include <tendril/process/reap.hpp>

#include <cerrno>

#include <sys/wait.h>

namespace tendril::process {

reaping try_reap(int pidfd) noexcept
{
    ::siginfo_t told{};
    if (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &told, WEXITED | WNOHANG) < 0)
        return {true, {}, errc::status_lost};
    if (told.si_pid == 0)
        return {};
    if (told.si_code == CLD_EXITED)
        return {true, exit_status::exited(told.si_status), {}};
    return {true, exit_status::killed(told.si_status, told.si_code == CLD_DUMPED), {}};
}

void reap_ended(int pidfd) noexcept
{
    ::siginfo_t ignored{};
    while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &ignored, WEXITED) < 0 && errno == EINTR) {
    }
}

}  // namespace tendril::process
