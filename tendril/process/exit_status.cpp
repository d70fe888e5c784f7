#include <tendril/process/exit_status.hpp>

#include <cstring>

#include <sys/wait.h>

namespace tendril::process {

exit_status exit_status::exited(int code) noexcept
{
    exit_status status;
    status.code_ = static_cast<std::int16_t>(code);
    return status;
}

exit_status exit_status::killed(int signal, bool dumped_core) noexcept
{
    exit_status status;
    status.signal_ = static_cast<std::uint8_t>(signal);
    status.dumped_core_ = dumped_core;
    return status;
}

exit_status exit_status::from_wait_status(int status) noexcept
{
    if (WIFSIGNALED(status))
        return killed(WTERMSIG(status), WCOREDUMP(status));
    return exited(WEXITSTATUS(status));
}

int exit_status::shell_code() const noexcept
{
    return signal_ != 0 ? 128 + signal_ : code_;
}

int exit_status::signed_code() const noexcept
{
    return signal_ != 0 ? -signal_ : code_;
}

std::string exit_status::description() const
{
    if (has_exited())
        return "exited with code " + std::to_string(code_);
    char const* const name = ::sigdescr_np(signal_);
    return "killed by signal " + std::to_string(signal_) + (name ? " (" + std::string(name) + ")" : "") +
           (dumped_core_ ? ", core dumped" : "");
}

}  // namespace tendril::process
