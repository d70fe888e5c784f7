#include <tendril/base/file.hpp>
#include <tendril/term/repaint.hpp>

#include <algorithm>
#include <utility>

#include <unistd.h>

#include <apps/tendril/player.hpp>

namespace tendril::app {

/// Where the recording is now, also in the middle of a pause.
record::moment player::position() const
{
    if (!next_)
        return position_;
    auto const left = is_paused_ ? remaining_ : std::max(due_ - clock::now(), clock::duration(0));
    auto const recorded = std::chrono::duration<double>(left) * pace_.speed();
    return std::max(position_, next_->time - std::chrono::duration_cast<record::moment>(recorded));
}

void player::seek(record::moment to)
{
    goal_ = goal{.what = goal_kind::time, .until = std::max(to, record::moment(0)), .origin = position_};
}

void player::seek_next(goal_kind what)
{
    goal_ = goal{.what = what, .origin = position_};
    goal_->is_shown = what == goal_kind::text && shows_text();
}

/// Reads the recording from its beginning. False when that is not to be had again.
result<bool> player::restart()
{
    if (::lseek(source_, 0, SEEK_SET) < 0)
        return false;
    auto companions = options_.source.companions();
    if (!companions)
        return std::unexpected(std::move(companions.error()));
    reader_ = record::recording_reader(options_.source.name(), std::move(*companions));
    filter_ = {};
    seen_ = term::terminal(seen_.size(), {.history_lines = 0});
    pace_.rewind();
    next_.reset();
    position_ = record::moment(0);
    is_source_done_ = false;
    is_finished_ = false;
    return true;
}

/// One step on the way to the goal: the next event, or what is to be done where there is none.
result<void> player::move_on()
{
    if (lies_behind()) {
        auto const begun = restart();
        if (!begun)
            return std::unexpected(begun.error());
        if (!*begun) {
            goal_.reset();
            ring();
        }
        return {};
    }
    if (is_reached())
        return land();
    if (next_) {
        absorb();
        return {};
    }
    return goal_->what == goal_kind::time ? land() : give_up();
}

/// Whether the recording must be read again to get to the goal.
bool player::lies_behind() const
{
    return goal_->what == goal_kind::time && goal_->until < position_;
}

bool player::is_reached() const
{
    switch (goal_->what) {
    case goal_kind::time:
        return next_ && next_->time > goal_->until;
    case goal_kind::text:
        return goal_->is_shown && !goal_->was_shown && goal_->is_under_way;
    case goal_kind::marker:
        return goal_->is_under_way && goal_->at_marker;
    }
    return true;
}

/// Lets the next event happen without showing it.
void player::absorb()
{
    auto const happened = std::exchange(next_, std::nullopt);
    position_ = happened->time;
    goal_->is_under_way = true;
    if (goal_->what == goal_kind::marker)
        goal_->at_marker = happened->kind == record::event_kind::marker;
    if (happened->kind != record::event_kind::output)
        return;
    std::string safe;
    filter_.push(base::bytes_of(happened->text), safe);
    seen_.feed(base::bytes_of(safe));
    if (goal_->what != goal_kind::text)
        return;
    goal_->was_shown = std::exchange(goal_->is_shown, shows_text());
}

bool player::shows_text() const
{
    return std::ranges::any_of(
        seen_.dump(), [&](std::string const& line) { return line.find(wanted_) != std::string::npos; });
}

/// Shows where we are, and goes on from there.
result<void> player::land()
{
    auto const here = goal_->what == goal_kind::time ? std::max(goal_->until, position_) : position_;
    goal_.reset();
    remaining_ = next_ ? pace_.wait_for(std::max(next_->time - here, record::moment(0))) : clock::duration(0);
    due_ = clock::now() + remaining_;
    // A sequence that was cut where we left is given up by CAN.
    return base::write_all(STDOUT_FILENO, base::bytes_of("\x18" + term::repaint_sequence(seen_)),
                           "standard output");
}

/// Goes back to where the search began.
result<void> player::give_up()
{
    auto const origin = goal_->origin;
    ring();
    auto const begun = restart();
    if (!begun)
        return std::unexpected(begun.error());
    if (!*begun)
        return land();
    goal_ = goal{.what = goal_kind::time, .until = origin, .origin = origin};
    return {};
}

}  // namespace tendril::app
