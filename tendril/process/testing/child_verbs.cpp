#include <tendril/process/testing/child_verbs.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace {

int exit_with(char** arguments)
{
    return std::atoi(arguments[0]);
}

int die_by(char** arguments)
{
    auto const number = std::atoi(arguments[0]);
    ::raise(number);
    return 99;
}

int print_arguments(char** arguments)
{
    for (; *arguments; ++arguments)
        std::puts(*arguments);
    return 0;
}

int print_environment(char**)
{
    for (char** each = ::environ; *each; ++each)
        std::puts(*each);
    return 0;
}

int print_descriptors(char**)
{
    DIR* const listing = ::opendir("/proc/self/fd");
    while (auto const* const entry = ::readdir(listing))
        if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(listing))
            std::printf("%s ", entry->d_name);
    ::closedir(listing);
    return 0;
}

int print_directory(char**)
{
    char path[4096];
    std::puts(::getcwd(path, sizeof path));
    return 0;
}

/// Every signal that is blocked or ignored; handlers do not survive exec.
int print_signals(char**)
{
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (int number = 1; number < 65; ++number) {
        struct sigaction action{};
        if (::sigismember(&blocked, number) == 1)
            std::printf("blocked %d ", number);
        if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            std::printf("ignored %d ", number);
    }
    return 0;
}

int print_session(char**)
{
    std::printf("%s %s %s %s\n", ::getsid(0) == ::getpid() ? "session-leader" : "session-member",
                ::getpgrp() == ::getpid() ? "group-leader" : "group-member",
                ::tcgetsid(0) == ::getsid(0) ? "controlling" : "no-terminal",
                ::tcgetpgrp(0) == ::getpgrp() ? "foreground" : "background");
    return 0;
}

int copy_input(char**)
{
    char chunk[65536];
    for (;;) {
        auto const count = ::read(0, chunk, sizeof chunk);
        if (count <= 0)
            return count < 0 ? errno : 0;
        for (ssize_t done = 0; done < count;) {
            auto const written = ::write(1, chunk + done, static_cast<size_t>(count - done));
            if (written < 0)
                return errno;
            done += written;
        }
    }
}

/// The number of bytes other than newlines, once the input has ended.
int count_input(char**)
{
    char chunk[65536];
    unsigned long total = 0;
    for (;;) {
        auto const count = ::read(0, chunk, sizeof chunk);
        if (count <= 0)
            break;
        for (ssize_t i = 0; i < count; ++i)
            total += chunk[i] != '\n';
    }
    std::printf("counted %lu\n", total);
    return 0;
}

/// `write-bytes N`: a pattern that shows a lost or swapped byte.
int write_bytes(char** arguments)
{
    auto const wanted = static_cast<std::size_t>(std::atol(arguments[0]));
    std::string pattern;
    pattern.reserve(wanted + 8);
    for (unsigned line = 0; pattern.size() < wanted; ++line)
        pattern += std::to_string(line % 100000) + ' ';
    pattern.resize(wanted);
    for (std::size_t done = 0; done < wanted;) {
        auto const written = ::write(1, pattern.data() + done, wanted - done);
        if (written < 0)
            return errno;
        done += static_cast<std::size_t>(written);
    }
    return 0;
}

/// `flood N`: as many bytes as fast as the pipe takes them.
int flood(char** arguments)
{
    static char const chunk[65536] = {};
    for (auto left = static_cast<std::size_t>(std::atol(arguments[0])); left > 0;) {
        auto const written = ::write(1, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (written < 0)
            return errno;
        left -= static_cast<std::size_t>(written);
    }
    return 0;
}

/// Ignores SIGTERM, says "ready" and lives until it is killed.
int persist(char**)
{
    ::signal(SIGTERM, SIG_IGN);
    std::puts("ready");
    std::fflush(stdout);
    for (;;)
        ::pause();
}

/// `burn MILLISECONDS`: uses that much processor time and 32 MiB of memory.
int burn(char** arguments)
{
    std::string const memory(32 * 1024 * 1024, 'x');
    auto const until = std::atol(arguments[0]) * (CLOCKS_PER_SEC / 1000);
    while (::clock() < until) {
    }
    return memory.back() == 'x' ? 0 : 1;
}

/// `write-to FD TEXT`
int write_to(char** arguments)
{
    std::string_view const text = arguments[1];
    return ::write(std::atoi(arguments[0]), text.data(), text.size()) < 0 ? errno : 0;
}

int print_size(char**)
{
    winsize size{};
    ::ioctl(0, TIOCGWINSZ, &size);
    std::printf("%dx%d %dx%d\n", size.ws_col, size.ws_row, size.ws_xpixel, size.ws_ypixel);
    return 0;
}

void on_window_change(int)
{
    winsize size{};
    ::ioctl(0, TIOCGWINSZ, &size);
    char line[64];
    auto const length = std::snprintf(line, sizeof line, "changed %dx%d\n", size.ws_col, size.ws_row);
    if (::write(1, line, static_cast<size_t>(length)) < 0)
        ::_exit(1);
    ::_exit(0);
}

/// Says "ready", then the new size once it changes.
int await_window_change(char**)
{
    ::signal(SIGWINCH, on_window_change);
    std::puts("ready");
    std::fflush(stdout);
    for (;;)
        ::pause();
}

/// Says "ready" and lives until it is killed.
int linger(char**)
{
    std::puts("ready");
    std::fflush(stdout);
    for (;;)
        ::pause();
}

/// Closes its standard descriptors and lives until it is killed.
int close_and_linger(char**)
{
    for (int standard = 0; standard <= 2; ++standard)
        ::close(standard);
    for (;;)
        ::pause();
}

/// As an editor does: raw mode, then every byte answered by its number; q quits.
int raw_echo(char**)
{
    termios before{};
    ::tcgetattr(0, &before);
    auto raw = before;
    ::cfmakeraw(&raw);
    ::tcsetattr(0, TCSADRAIN, &raw);
    std::printf("raw\r\n");
    std::fflush(stdout);
    char key = 0;
    while (::read(0, &key, 1) == 1 && key != 'q') {
        std::printf("<%d>", key);
        std::fflush(stdout);
    }
    ::tcsetattr(0, TCSADRAIN, &before);
    return 0;
}

struct verb {
    std::string_view name;
    int (*main)(char** arguments);
};

constexpr verb verbs[] = {
    {"exit", exit_with},
    {"die", die_by},
    {"arguments", print_arguments},
    {"environment", print_environment},
    {"descriptors", print_descriptors},
    {"directory", print_directory},
    {"signals", print_signals},
    {"session", print_session},
    {"copy", copy_input},
    {"count", count_input},
    {"write-bytes", write_bytes},
    {"write-to", write_to},
    {"flood", flood},
    {"persist", persist},
    {"burn", burn},
    {"size", print_size},
    {"await-size", await_window_change},
    {"linger", linger},
    {"close", close_and_linger},
    {"raw", raw_echo},
};

}  // namespace

namespace tendril::process::testing {

int run_verb(int argc, char** argv)
{
    if (argc < 2)
        return unknown_verb;
    for (auto const& each : verbs)
        if (each.name == argv[1])
            return each.main(argv + 2);
    return unknown_verb;
}

}  // namespace tendril::process::testing
