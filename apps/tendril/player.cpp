#include <tendril/base/file.hpp>
#include <tendril/term/leave.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
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

player::player(play_options options) : options_(std::move(options)), reader_(options_.source.name()) {}

player::~player()
{
    leave();
}

int player::run()
{
    auto outcome = open();
    if (outcome)
        outcome = play_all();
    leave();
    say_warnings();
    if (!outcome)
        return complain("play", outcome.error(), has_begun_ ? exit_failure : exit_usage);
    return status_;
}

result<void> player::open()
{
    auto companions = options_.source.companions();
    if (!companions)
        return std::unexpected(std::move(companions.error()));
    reader_ = record::recording_reader(options_.source.name(), std::move(*companions));
    source_ = STDIN_FILENO;
    if (options_.source.path != "-") {
        opened_.reset(::open(options_.source.path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened_)
            return os_failure("open " + options_.source.path);
        source_ = opened_.get();
    }
    is_terminal_ = ::isatty(STDOUT_FILENO) == 1;
    is_timed_ = is_terminal_ || options_.speed.has_value();
    return {};
}

result<void> player::play_all()
{
    while (!is_finished_) {
        if (!next_)
            if (auto const outcome = fetch(); !outcome)
                return outcome;
        if (goal_ && (next_ || is_finished_ || lies_behind())) {
            if (auto const outcome = move_on(); !outcome)
                return outcome;
            continue;
        }
        if (is_finished_)
            break;
        auto outcome = is_timed_ || !next_ ? wait() : result<void>{};
        if (outcome && next_ && !is_finished_ && is_due())
            outcome = show();
        if (!outcome)
            return outcome;
    }
    return {};
}

/// Looks for the next event in what has been read.
result<void> player::fetch()
{
    auto got = reader_.next();
    if (!got)
        return std::unexpected(std::move(got.error()));
    if (!has_begun_ && reader_.head())
        if (auto const outcome = begin(*reader_.head()); !outcome)
            return outcome;
    next_ = std::move(*got);
    if (!next_) {
        is_finished_ = is_source_done_;
        return {};
    }
    auto const wait = pace_.wait_until(next_->time);
    if (is_paused_ || prompt_)
        remaining_ = wait;
    else
        due_ += wait;
    return {};
}

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

bool player::is_due() const
{
    if (!is_timed_ || is_step_wanted_)
        return true;
    return !is_paused_ && !prompt_ && clock::now() >= due_;
}

int player::poll_timeout() const
{
    using std::chrono::milliseconds;
    if (!next_ || prompt_ || (is_paused_ && !is_step_wanted_))
        return -1;
    if (is_step_wanted_)
        return 0;
    auto const left = std::chrono::ceil<milliseconds>(due_ - clock::now());
    return static_cast<int>(std::clamp(left, milliseconds(0), milliseconds(3'600'000)).count());
}

/// Waits for whatever comes first: the next event's time, a key, a signal, more of the file.
result<void> player::wait()
{
    bool const wants_more = !next_ && !is_source_done_;
    std::array<pollfd, 3> watched{pollfd{signals_.get(), POLLIN, 0}, pollfd{keys_, POLLIN, 0},
                                  pollfd{wants_more ? source_ : -1, POLLIN, 0}};
    if (::poll(watched.data(), watched.size(), poll_timeout()) < 0 && errno != EINTR)
        return os_failure("wait for the next event");
    if (watched[0].revents != 0)
        obey_signal();
    if (watched[1].revents != 0)
        obey_keys();
    if (watched[2].revents != 0)
        return read_more();
    return {};
}

result<void> player::read_more()
{
    std::array<char, 64 * 1024> chunk;
    auto const count = ::read(source_, chunk.data(), chunk.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return {};
    if (count < 0)
        return os_failure("read " + options_.source.name());
    if (count == 0) {
        is_source_done_ = true;
        reader_.finish();
    } else {
        reader_.push({chunk.data(), static_cast<std::size_t>(count)});
    }
    return {};
}

void player::obey_keys()
{
    std::array<char, 256> typed;
    auto const count = ::read(keys_, typed.data(), typed.size());
    if (count <= 0) {
        keys_ = -1;  // nobody can type any more; the recording goes on
        return;
    }
    std::string_view bytes(typed.data(), static_cast<std::size_t>(count));
    if (prompt_) {
        type_search(bytes);
        return;
    }
    for (auto const key : play_keys(bytes, bytes))
        obey(key);
    if (prompt_)
        type_search(bytes);
}

void player::obey(play_key key)
{
    using namespace std::chrono_literals;
    switch (key) {
    case play_key::quit:
        is_finished_ = true;
        break;
    case play_key::interrupt:
        is_finished_ = true;
        status_ = 128 + SIGINT;
        break;
    case play_key::pause:
        pause_or_go_on();
        break;
    case play_key::step:
        is_step_wanted_ = is_paused_;
        break;
    case play_key::back:
        seek(position() - 5s);
        break;
    case play_key::forward:
        seek(position() + 5s);
        break;
    case play_key::far_back:
        seek(position() - 60s);
        break;
    case play_key::far_forward:
        seek(position() + 60s);
        break;
    case play_key::beginning:
        seek(record::moment(0));
        break;
    case play_key::next_marker:
        seek_next(goal_kind::marker);
        break;
    case play_key::slower:
        change_speed(0.5);
        break;
    case play_key::faster:
        change_speed(2);
        break;
    case play_key::search:
        if (!is_paused_)
            remaining_ = std::max(due_ - clock::now(), clock::duration(0));
        prompt_.emplace();
        show_prompt();
        break;
    case play_key::search_again:
        if (wanted_.empty())
            ring();
        else
            seek_next(goal_kind::text);
        break;
    }
}

void player::pause_or_go_on()
{
    is_paused_ = !is_paused_;
    if (is_paused_)
        remaining_ = std::max(due_ - clock::now(), clock::duration(0));
    else
        due_ = clock::now() + remaining_;
}

void player::change_speed(double factor)
{
    constexpr double slowest = 1.0 / 64;
    constexpr double fastest = 64;
    auto const before = pace_.speed();
    pace_.set_speed(std::clamp(before * factor, std::min(before, slowest), std::max(before, fastest)));
    auto const now = clock::now();
    auto& left = remaining_;
    if (!is_paused_)
        left = std::max(due_ - now, clock::duration(0));
    left = std::chrono::duration_cast<clock::duration>(left * (before / pace_.speed()));
    due_ = now + left;
}

void player::obey_signal()
{
    signalfd_siginfo which{};
    if (::read(signals_.get(), &which, sizeof which) != sizeof which)
        return;
    is_finished_ = true;
    status_ = 128 + static_cast<int>(which.ssi_signo);
}

result<void> player::show()
{
    auto const shown = std::exchange(next_, std::nullopt);
    position_ = shown->time;
    if (shown->kind != record::event_kind::output)
        return {};
    is_step_wanted_ = false;
    if (!is_terminal_)
        return base::write_all(STDOUT_FILENO, base::bytes_of(shown->text), "standard output");
    std::string safe;
    filter_.push(base::bytes_of(shown->text), safe);
    seen_.feed(base::bytes_of(safe));
    return base::write_all(STDOUT_FILENO, base::bytes_of(safe), "standard output");
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

void player::say_warnings()
{
    for (auto const& each : reader_.take_warnings())
        complain("play", options_.source.name() + ", " + each);
}

}  // namespace tendril::app
