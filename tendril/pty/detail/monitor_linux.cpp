#include <tendril/process/reap.hpp>
#include <tendril/pty/detail/monitor_linux.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace tendril::pty::detail {

namespace {

using process::step;

/// The program and what is to happen at its end.
struct watched_program {
    pid_t pid;
    bool swept_at_end = false;
};

// From here to run_monitor() everything runs in the forked child of a program that may have threads: system
// calls only, no allocation, no destructors, no way back.

/// _exit() without what a sanitizer hooks into it, which would flush the output buffers we have a copy of.
[[noreturn]] void leave() noexcept
{
    for (;;)
        ::syscall(SYS_exit_group, 0);
}

void report(int control, monitor_report const& told) noexcept
{
    // A failure means that nobody listens any more, which the next receive shows as well.
    static_cast<void>(::send(control, &told, sizeof told, MSG_NOSIGNAL));
}

[[noreturn]] void refuse(int control, process::spawn_refusal why) noexcept
{
    report(control, {monitor_report::kind::refused, static_cast<int>(why.at), why.os_error, why.which});
    leave();
}

/// Everything else would keep somebody's pipe open, or the terminal's output from ending.
void close_all_but(int kept) noexcept
{
    auto const number = static_cast<unsigned>(kept);
    bool closed = ::syscall(SYS_close_range, number + 1, ~0U, 0) == 0;
    if (number > 0)
        closed = ::syscall(SYS_close_range, 0U, number - 1, 0) == 0 && closed;
    if (closed)
        return;
    constexpr int usual_limit = 4096;  // kernels before 5.9
    for (int fd = 0; fd < usual_limit; ++fd)
        if (fd != kept)
            ::close(fd);
}

/// Our handlers belong to the program that forked us; the signals we care about are read from a descriptor.
void reset_signals() noexcept
{
    struct sigaction by_default{};
    by_default.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        ::sigaction(number, &by_default, nullptr);
    ::sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
}

int open_signals() noexcept
{
    ::sigset_t watched;
    ::sigemptyset(&watched);
    for (int const number : {SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGQUIT})
        ::sigaddset(&watched, number);
    return ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// The terminal is opened only for this moment: a slave descriptor of ours would keep its output from ending.
void put_in_foreground(pid_t program) noexcept
{
    int const terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0)
        return;
    ::tcsetpgrp(terminal, program);  // SIGTTOU is blocked, as every signal
    ::close(terminal);
}

/// Takes the status of a program that has ended, tells it, and ends the monitor.
[[noreturn]] void report_end(int control, watched_program const& of) noexcept
{
    if (of.swept_at_end)
        ::kill(-of.pid, SIGKILL);  // a zombie keeps the group's number its own
    int status = 0;
    ::rusage used{};
    ::wait4(of.pid, &status, 0, &used);
    report(control, {monitor_report::kind::ended, status, 0, 0, process::usage_of(used)});
    leave();
}

/// Tells what became of the program; ends the monitor with it.
void report_changes(int control, watched_program const& of) noexcept
{
    for (;;) {
        ::siginfo_t seen{};
        auto const id = static_cast<id_t>(of.pid);
        if (::waitid(P_PID, id, &seen, WEXITED | WNOHANG | WNOWAIT) == 0 && seen.si_pid == of.pid)
            report_end(control, of);
        if (::waitid(P_PID, id, &seen, WSTOPPED | WCONTINUED | WNOHANG) != 0 || seen.si_pid != of.pid)
            return;
        if (seen.si_code == CLD_CONTINUED)
            report(control, {monitor_report::kind::continued, 0});
        else
            report(control, {monitor_report::kind::stopped, seen.si_status});
    }
}

/// Our parent is gone: the program gets what a closed terminal sends, and ours ends the session.
[[noreturn]] void hang_up(pid_t program) noexcept
{
    ::kill(-program, SIGHUP);
    ::kill(-program, SIGCONT);
    leave();
}

void obey(int control, watched_program& watched) noexcept
{
    auto const program = watched.pid;
    monitor_order order{};
    auto const count = ::recv(control, &order, sizeof order, 0);
    if (count < 0 && errno == EINTR)
        return;
    if (count != sizeof order)
        hang_up(program);
    switch (order.what) {
    case monitor_order::kind::signal_program:
        ::kill(program, order.signal);
        break;
    case monitor_order::kind::signal_group:
        ::kill(-program, order.signal);
        break;
    case monitor_order::kind::resume:
        put_in_foreground(program);
        ::kill(-program, SIGCONT);
        break;
    case monitor_order::kind::sweep:
        watched.swept_at_end = true;
        break;
    case monitor_order::kind::kill:
        ::kill(-program, SIGKILL);
        ::waitpid(program, nullptr, 0);
        leave();
    }
}

/// SIGHUP says that the master was closed: the kernel tells the session leader alone.
void pass_on_signals(int signals, int control, watched_program const& watched) noexcept
{
    auto const program = watched.pid;
    ::signalfd_siginfo got{};
    while (::read(signals, &got, sizeof got) == sizeof got) {
        if (got.ssi_signo == SIGCHLD)
            continue;
        ::kill(-program, static_cast<int>(got.ssi_signo));
        if (got.ssi_signo == SIGHUP)
            ::kill(-program, SIGCONT);  // a stopped program would not notice
    }
    report_changes(control, watched);
}

[[noreturn]] void run_monitor(process::prepared_command& what, int slave, int control) noexcept
{
    reset_signals();
    ::prctl(PR_SET_NAME, "tendril-monitor");
    if (::setsid() < 0)
        refuse(control, {step::new_session, errno});
    if (::ioctl(slave, TIOCSCTTY, 0) < 0)
        refuse(control, {step::controlling_terminal, errno});

    pid_t program = -1;
    int pidfd = -1;
    auto const refusal = what.start(program, pidfd);
    if (refusal.os_error != 0)
        refuse(control, refusal);
    close_all_but(control);
    int const signals = open_signals();
    if (signals < 0)
        hang_up(program);
    watched_program of_it{program};
    report(control, {monitor_report::kind::started, program});
    report_changes(control, of_it);  // what happened before the descriptor watched

    for (;;) {
        std::array<::pollfd, 2> watched{{{control, POLLIN, 0}, {signals, POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), -1) < 0)
            continue;
        if (watched[0].revents != 0)  // first: an order may say what to do at the program's end
            obey(control, of_it);
        if (watched[1].revents != 0)
            pass_on_signals(signals, control, of_it);
    }
}

/// Forks with every signal blocked, so that no handler of ours runs in the monitor.
pid_t fork_quietly() noexcept
{
    ::sigset_t all;
    ::sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    auto const pid = ::fork();
    auto const why = errno;
    if (pid != 0)
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = why;
    return pid;
}

/// Waits for the monitor's first report.
monitor_report first_report(int control) noexcept
{
    monitor_report told{};
    ssize_t count = 0;
    do
        count = ::recv(control, &told, sizeof told, 0);
    while (count < 0 && errno == EINTR);
    if (count != sizeof told)  // it was killed before it could say anything
        return {monitor_report::kind::refused, static_cast<std::int32_t>(step::create_process), ESRCH};
    return told;
}

}  // namespace

std::expected<started_monitor, process::spawn_refusal> start_monitor(process::prepared_command& what,
                                                                     int slave)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) < 0)
        return std::unexpected(process::spawn_refusal{step::create_process, errno, 0});
    base::unique_fd ours(ends[0]);
    base::unique_fd theirs(ends[1]);

    auto const pid = fork_quietly();
    if (pid < 0)
        return std::unexpected(process::spawn_refusal{step::create_process, errno, 0});
    if (pid == 0)
        run_monitor(what, slave, theirs.get());
    theirs.reset();

    base::unique_fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    auto const why = errno;
    auto const told = first_report(ours.get());
    if (told.what == monitor_report::kind::refused || !pidfd) {
        ours.reset();  // a monitor that did start its program hangs it up and ends
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
        if (!pidfd)
            return std::unexpected(process::spawn_refusal{step::create_process, why, 0});
        return std::unexpected(
            process::spawn_refusal{static_cast<step>(told.value), told.os_error, told.which});
    }
    return started_monitor{{pid, std::move(pidfd)}, told.value, std::move(ours)};
}

}  // namespace tendril::pty::detail
