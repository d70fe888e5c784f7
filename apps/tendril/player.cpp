#include <tendril/base/file.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <apps/tendril/command_line.hpp>
#include <apps/tendril/player.hpp>

namespace tendril::app {

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

void player::say_warnings()
{
    for (auto const& each : reader_.take_warnings())
        complain("play", options_.source.name() + ", " + each);
}

}  // namespace tendril::app
