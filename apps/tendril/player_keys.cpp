#include <tendril/base/file.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

#include <unistd.h>

#include <apps/tendril/player.hpp>

namespace tendril::app {

namespace {

constexpr std::size_t longest_search = 256;

}  // namespace

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

void player::type_search(std::string_view typed)
{
    for (char const c : typed) {
        if (!prompt_)
            return;
        if (c == '\r' || c == '\n') {
            if (!prompt_->empty())
                wanted_ = *prompt_;
            prompt_.reset();
            due_ = clock::now() + remaining_;
            if (wanted_.empty())
                seek(position_);  // only to draw the screen again
            else
                seek_next(goal_kind::text);
        } else if (c == '\x1b' || c == '\x03') {
            prompt_.reset();
            due_ = clock::now() + remaining_;
            seek(position_);
        } else if (c == '\x7f' || c == '\b') {
            if (!prompt_->empty())
                prompt_->pop_back();
        } else if (static_cast<unsigned char>(c) >= ' ' && prompt_->size() < longest_search) {
            *prompt_ += c;
        }
    }
    if (prompt_)
        show_prompt();
}

/// On the last line, over whatever is there: what comes next draws the screen anew.
void player::show_prompt()
{
    auto const line = "\x18\x1b[?6l\x1b[999H\x1b[;7m\x1b[2K/" + *prompt_;
    static_cast<void>(
        base::write_all(STDOUT_FILENO, base::bytes_of(line), "standard output"));  // the next write tells
}

void player::ring()
{
    static_cast<void>(base::write_all(STDOUT_FILENO, base::bytes_of("\a"), "standard output"));
}

}  // namespace tendril::app
