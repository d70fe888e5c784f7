#include <tendril/pty/detail/restore_signals.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace tendril::pty::detail {

namespace {

// Who handles one of these itself ends by its own way, which destroys its raw_terminal.
constexpr std::array endings{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
// These end the program whoever handles them; the former handler (a sanitizer's, a crash reporter's) goes
// next.
constexpr std::array crashes{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

constexpr int table_size = 65;
std::array<struct sigaction, table_size> former;
std::array<bool, table_size> ours{};
int users = 0;

struct sigaction& former_of(int number) noexcept
{
    return former[static_cast<std::size_t>(number)];
}

void on_ending(int number, siginfo_t*, void*)
{
    give_back_held_terminals();
    ::sigaction(number, &former_of(number), nullptr);
    ::raise(number);  // blocked while we are in here: it strikes on return
}

void on_crash(int number, siginfo_t* why, void*)
{
    give_back_held_terminals();
    ::sigaction(number, &former_of(number), nullptr);
    // A real fault happens again on return, with the evidence that the former handler wants to see; a signal
    // that was sent does not.
    if (why->si_code <= 0)
        ::raise(number);
}

void on_continue(int number, siginfo_t* why, void* context)
{
    auto const kept = errno;
    retake_held_terminals();
    auto const& next = former_of(number);
    if ((next.sa_flags & SA_SIGINFO) != 0)
        next.sa_sigaction(number, why, context);
    else if (next.sa_handler != SIG_DFL && next.sa_handler != SIG_IGN)
        next.sa_handler(number);
    errno = kept;
}

void on_stop(int number, siginfo_t*, void*)
{
    auto const kept = errno;
    give_back_held_terminals();

    struct sigaction handler{};
    ::sigaction(number, &former_of(number), &handler);
    ::raise(number);
    ::sigset_t unblocked;
    ::sigset_t before;
    ::sigemptyset(&unblocked);
    ::sigaddset(&unblocked, number);
    ::pthread_sigmask(SIG_UNBLOCK, &unblocked, &before);  // here the program stops, and goes on
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::sigaction(number, &handler, nullptr);

    retake_held_terminals();
    errno = kept;
}

enum class unless { never, handled };

void install(int number, void (*handler)(int, siginfo_t*, void*), unless otherwise) noexcept
{
    auto& before = former_of(number);
    ::sigaction(number, nullptr, &before);
    auto const is_default = (before.sa_flags & SA_SIGINFO) == 0 && before.sa_handler == SIG_DFL;
    if (otherwise == unless::handled && !is_default)
        return;
    struct sigaction action{};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    ::sigfillset(&action.sa_mask);  // SIGTTOU too: giving a terminal back must not stop us
    ::sigaction(number, &action, nullptr);
    ours[static_cast<std::size_t>(number)] = true;
}

}  // namespace

void install_restore_signals()
{
    if (users++ > 0)
        return;
    [[maybe_unused]] static int const at_exit =
        std::atexit(give_back_held_terminals);  // exit() skips destructors
    for (int const number : endings)
        install(number, on_ending, unless::handled);
    for (int const number : crashes)
        install(number, on_crash, unless::never);
    install(SIGTSTP, on_stop, unless::handled);
    install(SIGCONT, on_continue, unless::never);
}

void remove_restore_signals() noexcept
{
    if (--users > 0)
        return;
    for (int number = 1; number < table_size; ++number)
        if (std::exchange(ours[static_cast<std::size_t>(number)], false))
            ::sigaction(number, &former_of(number), nullptr);
}

}  // namespace tendril::pty::detail
