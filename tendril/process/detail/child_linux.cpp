// This file is compiled without sanitizers (CMakeLists.txt): the child borrows our memory while our thread
// sleeps, and instrumentation would leave its own traces of a function that never returns in it. For the same
// reason everything below is plain system calls on arrays made before: no allocation, no library state but
// errno.
#include <tendril/process/detail/child_linux.hpp>
#include <tendril/process/detail/clone_linux.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tendril::process::detail {

namespace {

// The kernel's signal set has 64 bits on every Linux port but MIPS. It is set by system call because the C
// library quietly leaves the signals unblocked that it uses itself (thread cancellation, setuid).
using kernel_signal_set = std::uint64_t;
constexpr int last_signal = 64;

void set_signal_mask(kernel_signal_set const& mask, kernel_signal_set* old) noexcept
{
    ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, old, sizeof mask);
}

/// Handlers must not run in memory that is the parent's, and ignored signals would stay ignored after exec.
void reset_dispositions() noexcept
{
    static constexpr unsigned long by_default[8] = {};  // at least as large as any port's struct sigaction
    for (int number = 1; number <= last_signal; ++number)
        ::syscall(SYS_rt_sigaction, number, by_default, nullptr, sizeof(kernel_signal_set));
}

[[noreturn]] void leave() noexcept
{
    for (;;)
        ::syscall(SYS_exit_group, 127);
}

[[noreturn]] void fail(child_plan& plan, step at) noexcept
{
    plan.failed_at = at;
    plan.failure = errno;
    leave();
}

void carry_out(child_plan& plan, system_calls calls) noexcept
{
    for (std::size_t i = 0; i < calls.count; ++i) {
        auto const& [at, number, arguments] = calls.first[i];
        if (::syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]) < 0) {
            plan.failed_call = static_cast<int>(i);
            fail(plan, at);
        }
    }
}

/// A background group may do this only while SIGTTOU is blocked, as every signal is here.
void go_to_foreground(child_plan& plan) noexcept
{
    auto const group = static_cast<pid_t>(::syscall(SYS_getpid));
    if (::syscall(SYS_ioctl, plan.foreground_terminal, TIOCSPGRP, &group) < 0)
        fail(plan, step::foreground);
}

/// It is a file, and only the child can say which: /proc/self.
void set_oom_score(child_plan& plan) noexcept
{
    auto const file = ::syscall(SYS_openat, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0 || ::syscall(SYS_write, file, plan.oom_score, plan.oom_score_length) < 0)
        fail(plan, step::oom_score);
    ::syscall(SYS_close, file);
}

struct three_ids {
    unsigned real;
    unsigned effective;
    unsigned saved;

    [[nodiscard]] bool all(unsigned id) const noexcept
    {
        return real == id && effective == id && saved == id;
    }
};

three_ids current(long number) noexcept
{
    three_ids ids{};
    ::syscall(number, &ids.real, &ids.effective, &ids.saved);
    return ids;
}

/// By system calls, because the C library's functions change every thread of the process, and so of ours.
void become_user(child_plan& plan) noexcept
{
    auto const& to = *plan.user;
    auto const former_user = current(SYS_getresuid).effective;
    auto const former_group = current(SYS_getresgid).effective;
    if (::syscall(SYS_setgroups, to.supplementary_groups.size(), to.supplementary_groups.data()) < 0 ||
        ::syscall(SYS_setresgid, to.group, to.group, to.group) < 0 ||
        ::syscall(SYS_setresuid, to.user, to.user, to.user) < 0)
        fail(plan, step::user);

    constexpr auto unchanged = static_cast<unsigned>(-1);
    auto const lasts = current(SYS_getresuid).all(to.user) && current(SYS_getresgid).all(to.group);
    // A capability that survived, or a saved id, would let the program return. Root can go anywhere by right.
    auto const returns =
        to.user != 0 &&
        ((former_user != to.user && ::syscall(SYS_setresuid, unchanged, former_user, unchanged) == 0) ||
         (former_group != to.group && ::syscall(SYS_setresgid, unchanged, former_group, unchanged) == 0));
    if (!lasts || returns) {
        errno = way_back_error;
        fail(plan, step::user);
    }
}

/// After the change of user, which clears it. The parent may have died before the kernel knew that we care.
void die_with_parent(child_plan& plan) noexcept
{
    if (::syscall(SYS_prctl, PR_SET_PDEATHSIG, plan.parent_death_signal, 0, 0, 0) < 0)
        fail(plan, step::parent_death);
    auto const parent = ::syscall(SYS_getppid);
    if (parent != 0 && parent != plan.parent) {  // 0: it is outside of our pid namespace
        errno = ESRCH;
        fail(plan, step::parent_death);
    }
}

/// The lowest free number outside of the map, or minus one: preferably beyond it, where the first gap is.
long duplicate_into_gap(child_plan const& plan, int from) noexcept
{
    for (auto i = plan.closed_count; i-- > 0;) {
        auto const gap = plan.closed[i];
        auto const spare = ::syscall(SYS_fcntl, from, F_DUPFD_CLOEXEC, gap.first);
        if (spare >= 0 && spare <= static_cast<long>(gap.last))
            return spare;
        if (spare >= 0)
            ::syscall(SYS_close, spare);
    }
    return -1;
}

long carry_out_move(child_plan& plan, descriptor_move const& move) noexcept
{
    switch (move.what) {
    case descriptor_move::kind::keep:
        return ::syscall(SYS_fcntl, move.from, F_SETFD, 0);
    case descriptor_move::kind::save: {
        auto const spare = duplicate_into_gap(plan, move.from);
        plan.spares[move.to] = static_cast<int>(spare);
        return spare;
    }
    case descriptor_move::kind::copy:
        return ::syscall(SYS_dup3, move.from, move.to, 0);
    case descriptor_move::kind::restore:
        return ::syscall(SYS_dup3, plan.spares[move.from], move.to, 0);
    }
    return 0;
}

void close_one_by_one(descriptor_range range, unsigned limit) noexcept
{
    for (auto fd = range.first; fd <= range.last && fd < limit; ++fd)
        ::syscall(SYS_close, fd);
}

void arrange_descriptors(child_plan& plan) noexcept
{
    for (std::size_t i = 0; i < plan.move_count; ++i)
        if (carry_out_move(plan, plan.moves[i]) < 0)
            fail(plan, step::descriptors);
    for (std::size_t i = 0; i < plan.closed_count; ++i)
        if (::syscall(SYS_close_range, plan.closed[i].first, plan.closed[i].last, 0) < 0)
            close_one_by_one(plan.closed[i], plan.descriptor_limit);
}

/// True for what execvp() takes as "not here, look on".
bool is_absence(int why) noexcept
{
    return why == ENOENT || why == ENOTDIR || why == ENODEV || why == ESTALE || why == ETIMEDOUT;
}

[[noreturn]] void execute(child_plan& plan) noexcept
{
    int verdict = ENOENT;
    for (auto candidate = plan.candidates; *candidate; ++candidate) {
        ::syscall(SYS_execve, *candidate, plan.arguments, plan.environment);
        auto const why = errno;
        if (is_absence(why) && ::syscall(SYS_faccessat, AT_FDCWD, *candidate, F_OK) == 0) {
            errno = why;
            fail(plan, step::find_interpreter);
        }
        if (why == EACCES)
            verdict = EACCES;
        else if (!is_absence(why)) {
            errno = why;
            fail(plan, step::run_program);
        }
    }
    errno = verdict;
    fail(plan, verdict == EACCES ? step::run_program : step::find_program);
}

[[noreturn]] void run_child(void* argument) noexcept
{
    auto& plan = *static_cast<child_plan*>(argument);
    reset_dispositions();
    carry_out(plan, plan.before_descriptors);
    if (plan.foreground_terminal >= 0)
        go_to_foreground(plan);
    if (plan.oom_score)
        set_oom_score(plan);
    arrange_descriptors(plan);
    carry_out(plan, plan.after_descriptors);
    if (plan.user)
        become_user(plan);
    if (plan.parent_death_signal != 0)
        die_with_parent(plan);
    set_signal_mask(0, nullptr);
    execute(plan);
}

/// While a child that shares our memory changes its user, the kernel marks that memory "not dumpable", which
/// keeps the other user's debuggers out - and stays with us. This puts the mark back afterwards.
///
/// One at a time: the mark belongs to the process, not to the thread. No mutex, because the holder may be a
/// thread of the process that we were forked from; its number tells.
class dumpable_guard {
public:
    dumpable_guard() noexcept : us_(static_cast<pid_t>(::syscall(SYS_getpid)))
    {
        pid_t holder = 0;
        while (!held_by.compare_exchange_weak(holder, us_)) {
            if (holder == us_) {
                ::sched_yield();
                holder = 0;
            }
        }
        before_ = ::prctl(PR_GET_DUMPABLE);
    }

    dumpable_guard(dumpable_guard const&) = delete;
    dumpable_guard& operator=(dumpable_guard const&) = delete;

    ~dumpable_guard()
    {
        if (before_ == 1)  // the only other values are the ones that nobody may set
            ::prctl(PR_SET_DUMPABLE, before_);
        held_by.store(0);
    }

private:
    static inline std::atomic<pid_t> held_by = 0;

    pid_t us_;
    int before_ = 0;
};

long clone_with_signals_blocked(child_plan& plan, int& pidfd) noexcept
{
    // The deepest path above needs a few hundred bytes; no signal handler can run on it.
    alignas(64) std::byte stack[16 * 1024];
    kernel_signal_set before = 0;
    set_signal_mask(~kernel_signal_set{0}, &before);
    auto const pid = clone_onto(stack, plan.cgroup, pidfd, run_child, &plan);
    set_signal_mask(before, nullptr);
    return pid;
}

}  // namespace

pid_t clone_child(child_plan& plan, int& pidfd) noexcept
{
    plan.failure = 0;
    plan.parent = static_cast<pid_t>(::syscall(SYS_getpid));
    if (!plan.user)
        return static_cast<pid_t>(clone_with_signals_blocked(plan, pidfd));
    dumpable_guard const kept;
    return static_cast<pid_t>(clone_with_signals_blocked(plan, pidfd));
}

}  // namespace tendril::process::detail
