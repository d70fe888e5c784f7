// The child program of this layer's tests: verbs that need a terminal's library, beside those of process.
#include <tendril/process/testing/child_verbs.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/pty/spawn.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;

void say(std::string const& line)
{
    std::fputs((line + "\r\n").c_str(), stdout);
    std::fflush(stdout);
}

/// `spawn WORD...`: with our terminal wired through; says how it ended.
int spawn_words(std::vector<std::string> const& words)
{
    auto const status = pty::spawn(words);
    if (!status) {
        say(status.error().message());
        return process::shell_code(status.error());
    }
    say("[" + status->description() + "]");
    return status->shell_code();
}

/// `spawn-throw WORD...`: a callback throws at the first chunk.
int spawn_and_throw(std::vector<std::string> const& words)
{
    try {
        static_cast<void>(
            pty::spawn(words, [](base::byte_view) -> std::string { throw std::runtime_error("enough"); }));
    } catch (std::runtime_error const& why) {
        say(std::string("caught ") + why.what());
        return 0;
    }
    return 1;
}

/// `spawn-without FD WORD...`: without one of our standard descriptors.
int spawn_without(std::vector<std::string> const& words)
{
    ::close(std::stoi(words.at(0)));
    auto const status = pty::spawn(std::span(words).subspan(1));
    return status ? status->shell_code() : process::shell_code(status.error());
}

/// `raw-hold`: raw mode until q; s gives the terminal back for a while, r takes it again, x exits at once.
int hold_raw(std::vector<std::string> const&)
{
    auto raw = pty::raw_terminal::enter(0);
    if (!raw)
        return 1;
    say("held");
    char key = 0;
    while (::read(0, &key, 1) == 1 && key != 'q') {
        if (key == 's' && raw->suspend())
            say("suspended");
        if (key == 'r' && raw->resume())
            say("resumed");
        if (key == 'x')
            std::exit(0);
    }
    return 0;
}

/// `raw-die SIGNAL`: dies in raw mode by its own hand.
int die_raw(std::vector<std::string> const& words)
{
    auto const raw = pty::raw_terminal::enter(0);
    ::raise(std::stoi(words.at(0)));
    return raw ? 99 : 98;
}

/// `launch WORD...`: under a monitor; says the program's pid and lives on until it is killed.
int launch_and_linger(std::vector<std::string> const& words)
{
    asio::io_context loop;
    auto const started = pty::launch(loop.get_executor(), process::command_of(words),
                                     {.terminal = {}, .jobs = pty::job_control::monitored});
    if (!started)
        return 1;
    say("pid " + std::to_string(started->process.pid()));
    for (;;)
        ::pause();
}

/// `raw-die-twice SIGNAL`: the same while two objects hold the terminal.
int die_raw_twice(std::vector<std::string> const& words)
{
    auto const first = pty::raw_terminal::enter(1);
    return first ? die_raw(words) : 97;
}

struct verb {
    std::string_view name;
    int (*main)(std::vector<std::string> const& words);
};

constexpr verb verbs[] = {
    {"spawn", spawn_words},
    {"spawn-throw", spawn_and_throw},
    {"spawn-without", spawn_without},
    {"raw-hold", hold_raw},
    {"raw-die", die_raw},
    {"raw-die-twice", die_raw_twice},
    {"launch", launch_and_linger},
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc >= 2)
        for (auto const& each : verbs)
            if (each.name == argv[1])
                return each.main(std::vector<std::string>(argv + 2, argv + argc));
    return process::testing::run_verb(argc, argv);
}
