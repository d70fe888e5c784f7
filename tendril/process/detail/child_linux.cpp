// This file is compiled without sanitizers (CMakeLists.txt): the child borrows our memory while our thread
// sleeps, and instrumentation would leave its own traces of a function that never returns in it. For the same
// reason everything below is plain system calls on arrays made before: no allocation, no library state but
// errno.
#include <tendril/process/detail/child_linux.hpp>

#include <cerrno>
#include <csignal>
#include <cstdint>

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
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

void join_terminal(child_plan& plan) noexcept
{
    if (plan.new_session && ::syscall(SYS_setsid) < 0)
        fail(plan, step::new_session);
    if (plan.new_group && ::syscall(SYS_setpgid, 0, 0) < 0)
        fail(plan, step::process_group);
    if (plan.controlling_terminal >= 0 && ::syscall(SYS_ioctl, plan.controlling_terminal, TIOCSCTTY, 0) < 0)
        fail(plan, step::controlling_terminal);
    if (plan.foreground_terminal >= 0) {
        // A background group may do this only while SIGTTOU is blocked, as every signal is here.
        auto const group = static_cast<pid_t>(::syscall(SYS_getpid));
        if (::syscall(SYS_ioctl, plan.foreground_terminal, TIOCSPGRP, &group) < 0)
            fail(plan, step::foreground);
    }
}

long carry_out(child_plan& plan, descriptor_move const& move) noexcept
{
    switch (move.what) {
    case descriptor_move::kind::keep:
        return ::syscall(SYS_fcntl, move.from, F_SETFD, 0);
    case descriptor_move::kind::save: {
        auto const spare = ::syscall(SYS_fcntl, move.from, F_DUPFD_CLOEXEC, plan.spare_floor);
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
        if (carry_out(plan, plan.moves[i]) < 0)
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
    join_terminal(plan);
    if (plan.working_directory && ::syscall(SYS_chdir, plan.working_directory) < 0)
        fail(plan, step::working_directory);
    arrange_descriptors(plan);
    set_signal_mask(0, nullptr);
    execute(plan);
}

/// clone(2) onto a stack of its own, so that the child cannot touch our frames. In assembly, because no
/// compiler knows a function that returns twice on two stacks. clone and not clone3: seccomp filters of older
/// container runtimes refuse the latter.
long clone_onto(void* stack_top, unsigned long flags, int* pidfd, void (*entry)(void*),
                void* argument) noexcept
{
#if defined(__x86_64__)
    long outcome = SYS_clone;
    register void (*held_entry)(void*) asm("r12") = entry;
    register void* held_argument asm("r13") = argument;
    register long child_tid asm("r10") = 0;
    register long tls asm("r8") = 0;
    asm volatile("syscall\n\t"
                 "test %%rax, %%rax\n\t"
                 "jnz 1f\n\t"
                 "xor %%ebp, %%ebp\n\t"
                 "mov %%r13, %%rdi\n\t"
                 "call *%%r12\n\t"
                 "hlt\n"
                 "1:"
                 : "+a"(outcome)
                 : "D"(flags), "S"(stack_top), "d"(pidfd), "r"(child_tid), "r"(tls), "r"(held_entry),
                   "r"(held_argument)
                 : "rcx", "r11", "cc", "memory");
    return outcome;
#elif defined(__aarch64__)
    register unsigned long outcome asm("x0") = flags;
    register void* stack asm("x1") = stack_top;
    register int* parent_tid asm("x2") = pidfd;
    register long tls asm("x3") = 0;
    register long child_tid asm("x4") = 0;
    register void (*held_entry)(void*) asm("x6") = entry;
    register void* held_argument asm("x7") = argument;
    register long number asm("x8") = SYS_clone;
    asm volatile("svc #0\n\t"
                 "cbnz x0, 1f\n\t"
                 "mov x29, #0\n\t"
                 "mov x0, x7\n\t"
                 "blr x6\n\t"
                 "brk #0\n"
                 "1:"
                 : "+r"(outcome)
                 : "r"(stack), "r"(parent_tid), "r"(tls), "r"(child_tid), "r"(held_entry), "r"(held_argument),
                   "r"(number)
                 : "cc", "memory");
    return static_cast<long>(outcome);
#else
#error "write clone_onto() for this processor"
#endif
}

}  // namespace

pid_t clone_child(child_plan& plan, int& pidfd) noexcept
{
    // The deepest path below needs a few hundred bytes; no signal handler can run on it.
    alignas(64) std::byte stack[16 * 1024];
    plan.failure = 0;

    kernel_signal_set before = 0;
    set_signal_mask(~kernel_signal_set{0}, &before);
    auto const pid = clone_onto(stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &pidfd,
                                run_child, &plan);
    set_signal_mask(before, nullptr);
    return static_cast<pid_t>(pid);
}

}  // namespace tendril::process::detail
