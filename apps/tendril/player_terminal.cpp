#include <tendril/base/file.hpp>
#include <tendril/term/leave.hpp>

#include <csignal>
#include <utility>

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <apps/tendril/command_line.hpp>
#include <apps/tendril/player.hpp>

namespace tendril::app {

namespace {

sigset_t ending_signals() noexcept
{
    sigset_t set;
    ::sigemptyset(&set);
    for (int const each : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
        ::sigaddset(&set, each);
    return set;
}

/// The size of the terminal behind standard output; none when it does not know it.
std::optional<record::screen_size> size_of_terminal() noexcept
{
    winsize ours{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &ours) < 0 || ours.ws_col == 0 || ours.ws_row == 0)
        return std::nullopt;
    return record::screen_size{ours.ws_col, ours.ws_row};
}

void warn_if_smaller(record::screen_size ours, record::screen_size wanted)
{
    if (ours.columns < wanted.columns || ours.rows < wanted.rows)
        complain("play", "the recording is " + to_string(wanted) + " and this terminal only " +
                             to_string(ours) + "; it may look wrong");
}

}  // namespace

/// Prepares the terminal, once it is known that there is something to play.
result<void> player::begin(record::header const& head)
{
    has_begun_ = true;
    due_ = clock::now();
    pace_ = record::pace(options_.speed.value_or(1),
                         options_.idle_limit ? options_.idle_limit : head.idle_time_limit);
    say_warnings();
    if (!is_terminal_)
        return {};
    if (auto const ours = size_of_terminal()) {
        warn_if_smaller(*ours, head.size);
        seen_ = term::terminal({ours->columns, ours->rows}, {.history_lines = 0});
    }

    auto const ending = ending_signals();
    ::sigprocmask(SIG_BLOCK, &ending, nullptr);
    signals_.reset(::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals_)
        return os_failure("wait for signals");
    return take_terminal();
}

/// Raw mode for the output, since recorded bytes have been through a terminal once and ours must not
/// translate their line ends again; and for the keys, where there is somebody to press them.
result<void> player::take_terminal()
{
    bool const has_keys = source_ != STDIN_FILENO && ::isatty(STDIN_FILENO) == 1;
    auto output = pty::raw_terminal::enter(STDOUT_FILENO, pty::output_handling::raw,
                                           has_keys ? pty::interrupt_key::byte : pty::interrupt_key::signal);
    if (!output)
        return std::unexpected(std::move(output.error()));
    output_mode_.emplace(std::move(*output));
    if (!has_keys)
        return {};
    auto input = pty::raw_terminal::enter(STDIN_FILENO);
    if (!input)
        return std::unexpected(std::move(input.error()));
    input_mode_.emplace(std::move(*input));
    keys_ = STDIN_FILENO;
    return {};
}

void player::obey_signal()
{
    signalfd_siginfo which{};
    if (::read(signals_.get(), &which, sizeof which) != sizeof which)
        return;
    is_finished_ = true;
    status_ = 128 + static_cast<int>(which.ssi_signo);
}

void player::leave()
{
    if (!output_mode_)
        return;
    auto last = term::leave_sequence(seen_);
    seen_.feed(base::bytes_of(last));
    if (seen_.cursor().column > 0)
        last += "\r\n";  // the shell's prompt belongs on a line of its own
    // When even this cannot be written the terminal is gone, and with it what there was to restore.
    static_cast<void>(base::write_all(STDOUT_FILENO, base::bytes_of(last), "standard output"));
    // What was typed, or answered by the terminal, while we had it is not for the shell.
    if (input_mode_)
        ::tcflush(STDIN_FILENO, TCIFLUSH);
    input_mode_.reset();
    output_mode_.reset();
    signals_.reset();
    auto const ending = ending_signals();
    ::sigprocmask(SIG_UNBLOCK, &ending, nullptr);
}

}  // namespace tendril::app
