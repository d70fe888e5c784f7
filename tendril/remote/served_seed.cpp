// The seed's own side of seed.hpp: one thread, no loop.

#include <tendril/remote/detail/descriptor_passing.hpp>
#include <tendril/remote/seed.hpp>
#include <tendril/remote/served_context.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tendril::remote {

namespace {

/// In the forked process: as if it had just been started with these descriptors.
bool become_context(detail::parcel const& asked, pid_t seed)
{
    ::prctl(PR_SET_NAME, ("tendril:" + asked.words).c_str());
    // Who forked us may be gone already: then nobody would kill us any more.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || ::getppid() != seed || ::setpgid(0, 0) < 0)
        return false;
    auto const stream = asked.descriptors[0].get();
    auto const says = asked.descriptors[1].get();
    if (::dup2(stream, STDIN_FILENO) < 0 || ::dup2(stream, STDOUT_FILENO) < 0 ||
        ::dup2(says, STDERR_FILENO) < 0)
        return false;
    if (::syscall(SYS_close_range, 3U, ~0U, 0U) < 0)
        return false;
    ::sigset_t none;
    ::sigemptyset(&none);
    for (int each = 1; each < NSIG; ++each)
        if (each != SIGKILL && each != SIGSTOP)
            ::signal(each, SIG_DFL);  // those of the C library refuse, and are not ours to reset
    return ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

/// Answers with a descriptor of the process, or says why there is none.
void tell(int socket, pid_t forked)
{
    base::unique_fd const process(forked < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, forked, 0)));
    auto const why = process ? std::string("forked") : "cannot fork: " + last_os_error().message();
    std::array const numbers{process.get()};
    // A program that is gone need not be told; the next receive_parcel() sees its end.
    static_cast<void>(
        detail::send_parcel(socket, why, process ? std::span(numbers) : std::span<int const>()));
}

}  // namespace

int serve_as_seed(fork_hooks hooks)
{
    auto const self = ::getpid();
    ::signal(SIGCHLD, SIG_IGN);  // what was forked is watched by its pidfd: nobody waits for it
    for (;;) {
        auto asked = detail::receive_parcel(STDIN_FILENO);
        if (!asked) {
            std::fprintf(stderr, "tendril: the seed: %s\n", asked.error().message().c_str());
            return 1;
        }
        if (asked->words.empty())
            return 0;
        if (asked->descriptors.size() != 2)
            continue;
        auto const forked = ::fork();
        if (forked != 0) {
            tell(STDIN_FILENO, forked);
            continue;
        }
        if (hooks.on_fork != nullptr)
            hooks.on_fork();
        if (!become_context(*asked, self))
            return 1;
        for (auto& each : asked->descriptors)
            static_cast<void>(each.release());  // closed with all others
        if (hooks.on_start != nullptr)
            hooks.on_start();
        return serve_as_context();
    }
}

}  // namespace tendril::remote
