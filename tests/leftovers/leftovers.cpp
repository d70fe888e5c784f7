#include "leftovers.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tendril::tests {

namespace {

namespace fs = std::filesystem;

constexpr auto patience = std::chrono::seconds(5);

[[noreturn]] void give_up(char const* what)
{
    std::fprintf(stderr, "the tests' warden: %s: %s\n", what, std::strerror(errno));
    std::_Exit(EXIT_FAILURE);
}

/// The children of all threads of this process.
std::set<pid_t> children()
{
    std::set<pid_t> found;
    for (auto const& thread : fs::directory_iterator("/proc/self/task")) {
        std::ifstream list(thread.path() / "children");
        for (pid_t pid = 0; list >> pid;)
            found.insert(pid);
    }
    return found;
}

std::string named(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
    std::string name;
    std::getline(file, name);
    return "process " + std::to_string(pid) + " \"" + name + "\"";
}

/// The warden's side: it lives as long as the runner does.
class watch {
public:
    watch(pid_t runner, int channel, int child_signals)
        : runner_(runner), channel_(channel), signals_(child_signals)
    {
    }

    [[noreturn]] void run()
    {
        for (;;) {
            wait_for(POLLIN, -1);
            char question = 0;
            if (::recv(channel_, &question, 1, MSG_DONTWAIT) == 1)
                answer();
        }
    }

private:
    /// Waits for a signal or the channel, and reaps. Ends the process as the runner ended.
    void wait_for(short channel_events, int milliseconds)
    {
        ::pollfd waited[] = {{signals_, POLLIN, 0}, {channel_events ? channel_ : -1, channel_events, 0}};
        ::poll(waited, 2, milliseconds);
        ::signalfd_siginfo ignored;
        while (::read(signals_, &ignored, sizeof ignored) > 0) {
        }
        int status = 0;
        for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;)
            if (pid == runner_)
                end_as(status);
    }

    [[noreturn]] static void end_as(int status)
    {
        if (WIFSIGNALED(status)) {
            std::signal(WTERMSIG(status), SIG_DFL);
            ::raise(WTERMSIG(status));
        }
        std::_Exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
    }

    void answer()
    {
        auto const limit = std::chrono::steady_clock::now() + patience;
        std::string told;
        for (;;) {
            wait_for(0, 0);
            auto left = children();
            left.erase(runner_);
            told.clear();
            for (auto const pid : left)
                told += named(pid) + ' ';
            auto const now = std::chrono::steady_clock::now();
            if (left.empty() || now >= limit) {
                for (auto const pid : left)
                    ::kill(pid, SIGKILL);
                break;
            }
            wait_for(0, static_cast<int>((limit - now) / std::chrono::milliseconds(1)) + 1);
        }
        if (::send(channel_, told.data(), told.size() + 1, MSG_NOSIGNAL) < 0)
            wait_for(0, -1);
    }

    pid_t runner_;
    int channel_;
    int signals_;
};

}  // namespace

warden::warden()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        give_up("socketpair");
    ::sigset_t mask;
    ::sigset_t before;
    ::sigemptyset(&mask);
    ::sigaddset(&mask, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &mask, &before);
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)  // before there is anybody who could lose a child
        give_up("prctl");
    auto const parent = ::getpid();
    auto const runner = ::fork();
    if (runner < 0)
        give_up("fork");
    if (runner > 0) {
        ::close(ends[1]);
        auto const signals = ::signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
        if (signals < 0)
            give_up("signalfd");
        watch(runner, ends[0], signals).run();
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        std::_Exit(EXIT_FAILURE);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    ::close(ends[0]);
    channel_ = ends[1];
}

warden::~warden()
{
    ::close(channel_);
}

std::string warden::orphans() const
{
    char question = '?';
    char told[4096] = "no answer from the warden";
    if (::send(channel_, &question, 1, MSG_NOSIGNAL) == 1)
        static_cast<void>(::recv(channel_, told, sizeof told - 1, 0));
    return told;
}

descriptor_list open_descriptors()
{
    descriptor_list found;
    for (auto const& each : fs::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // of the listing's own descriptor
        auto const target = fs::read_symlink(each.path(), gone);
        if (!gone && !target.native().ends_with("/fd"))
            found[std::stoi(each.path().filename())] = target;
    }
    return found;
}

std::string difference(descriptor_list const& before, descriptor_list const& after)
{
    std::string told;
    for (auto const& [number, target] : after)
        if (auto const known = before.find(number); known == before.end() || known->second != target)
            told += "descriptor " + std::to_string(number) + " is open: " + target + ' ';
    for (auto const& [number, target] : before)
        if (!after.contains(number))
            told += "descriptor " + std::to_string(number) + " was closed: " + target + ' ';
    return told;
}

std::string remove_children()
{
    std::string told;
    for (auto const pid : children()) {
        told += named(pid) + ' ';
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    return told;
}

}  // namespace tendril::tests
