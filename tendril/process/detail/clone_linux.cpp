#include <tendril/process/detail/clone_linux.hpp>

#include <csignal>
#include <cstdint>

#include <linux/sched.h>
#include <sys/syscall.h>

namespace tendril::process::detail {

namespace {

constexpr unsigned long sharing = CLONE_VM | CLONE_VFORK | CLONE_PIDFD;

/// The registers of either call; those of clone beyond the third are zero.
struct clone_call {
    long number;
    unsigned long first;
    unsigned long second;
    int* third;
};

/// Enters the kernel with @p call; in the child, which has another stack then, calls @p entry. In assembly,
/// because no compiler knows a function that returns twice on two stacks.
long enter(clone_call const& call, child_entry entry, void* argument) noexcept
{
#if defined(__x86_64__)
    long outcome = call.number;
    register child_entry held_entry asm("r12") = entry;
    register void* held_argument asm("r13") = argument;
    register long fourth asm("r10") = 0;
    register long fifth asm("r8") = 0;
    asm volatile("syscall\n\t"
                 "test %%rax, %%rax\n\t"
                 "jnz 1f\n\t"
                 "xor %%ebp, %%ebp\n\t"
                 "mov %%r13, %%rdi\n\t"
                 "call *%%r12\n\t"
                 "hlt\n"
                 "1:"
                 : "+a"(outcome)
                 : "D"(call.first), "S"(call.second), "d"(call.third), "r"(fourth), "r"(fifth),
                   "r"(held_entry), "r"(held_argument)
                 : "rcx", "r11", "cc", "memory");
    return outcome;
#elif defined(__aarch64__)
    register unsigned long outcome asm("x0") = call.first;
    register unsigned long second asm("x1") = call.second;
    register int* third asm("x2") = call.third;
    register long fourth asm("x3") = 0;
    register long fifth asm("x4") = 0;
    register child_entry held_entry asm("x6") = entry;
    register void* held_argument asm("x7") = argument;
    register long number asm("x8") = call.number;
    asm volatile("svc #0\n\t"
                 "cbnz x0, 1f\n\t"
                 "mov x29, #0\n\t"
                 "mov x0, x7\n\t"
                 "blr x6\n\t"
                 "brk #0\n"
                 "1:"
                 : "+r"(outcome)
                 : "r"(second), "r"(third), "r"(fourth), "r"(fifth), "r"(held_entry), "r"(held_argument),
                   "r"(number)
                 : "cc", "memory");
    return static_cast<long>(outcome);
#else
#error "write clone_onto() for this processor"
#endif
}

}  // namespace

long clone_onto(std::span<std::byte> stack, int cgroup, int& pidfd, child_entry entry,
                void* argument) noexcept
{
    auto const bottom = reinterpret_cast<std::uintptr_t>(stack.data());
    if (cgroup < 0)
        return enter({SYS_clone, sharing | SIGCHLD, bottom + stack.size(), &pidfd}, entry, argument);
    ::clone_args wanted{};
    wanted.flags = sharing | CLONE_INTO_CGROUP;
    wanted.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    wanted.exit_signal = SIGCHLD;
    wanted.stack = bottom;
    wanted.stack_size = stack.size();
    wanted.cgroup = static_cast<unsigned>(cgroup);
    auto const place = reinterpret_cast<std::uintptr_t>(&wanted);
    return enter({SYS_clone3, place, sizeof wanted, nullptr}, entry, argument);
}

}  // namespace tendril::process::detail
