#pragma once

/// @file
/// Plays a recording in the terminal we run in. Layer: apps (base, pty, record, term).

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/record/pace.hpp>
#include <tendril/record/recording_reader.hpp>
#include <tendril/record/replay_filter.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <apps/tendril/play_keys.hpp>
#include <apps/tendril/recording_source.hpp>

namespace tendril::app {

/// What the person at the terminal wants.
struct play_options {
    recording_source source;
    std::optional<double> speed;               ///< given at all: keep time even where nobody watches
    std::optional<record::moment> idle_limit;  ///< over what the recording says itself
};

/// Reads a recording as it plays it, so that one that is still being written can be watched.
///
/// With a terminal as standard output it keeps time, and drops what would make the terminal answer; otherwise
/// it copies the output as it was, at once unless a speed is given. With a terminal as standard input it
/// obeys keys (play_keys.hpp). Going back reads the file again from its beginning, so it takes a file; a pipe
/// answers with the bell. Settings of the terminal are restored on every way out.
class player {
public:
    explicit player(play_options options);
    player(player const&) = delete;
    player& operator=(player const&) = delete;
    ~player();

    /// Plays to the end. Returns the exit status; what failed has been said on standard error.
    [[nodiscard]] int run();

private:
    using clock = std::chrono::steady_clock;

    enum class goal_kind { time, text, marker };

    /// Where the player is on its way to, without showing what lies between.
    struct goal {
        goal_kind what = goal_kind::time;
        record::moment until{0};   ///< of goal_kind::time
        record::moment origin{0};  ///< where to go back to when the goal is never reached
        bool was_shown = false;    ///< the text, before the event that was absorbed last
        bool is_shown = false;
        bool at_marker = false;
        bool is_under_way = false;  ///< an event was absorbed
    };

    result<void> open();
    result<void> play_all();
    result<void> fetch();
    result<void> wait();
    result<void> read_more();
    result<void> show();
    [[nodiscard]] bool is_due() const;
    [[nodiscard]] int poll_timeout() const;
    void say_warnings();

    // player_terminal.cpp
    result<void> begin(record::header const& head);
    result<void> take_terminal();
    void obey_signal();
    void leave();

    // player_keys.cpp
    void obey_keys();
    void obey(play_key key);
    void pause_or_go_on();
    void change_speed(double factor);
    void type_search(std::string_view typed);
    void show_prompt();
    void ring();

    // player_seeking.cpp
    [[nodiscard]] record::moment position() const;
    void seek(record::moment to);
    void seek_next(goal_kind what);
    result<bool> restart();
    void absorb();
    [[nodiscard]] bool shows_text() const;
    [[nodiscard]] bool lies_behind() const;
    [[nodiscard]] bool is_reached() const;
    result<void> land();
    result<void> give_up();
    result<void> move_on();

    play_options options_;
    record::recording_reader reader_;
    record::pace pace_;
    record::replay_filter filter_;
    term::terminal seen_;  // what our terminal was shown: how to leave it depends on that
    base::unique_fd opened_;
    base::unique_fd signals_;
    std::optional<pty::raw_terminal> output_mode_;
    std::optional<pty::raw_terminal> input_mode_;
    int source_ = -1;
    int keys_ = -1;
    int status_ = 0;
    bool is_terminal_ = false;  // standard output
    bool is_timed_ = false;
    bool has_begun_ = false;
    bool is_source_done_ = false;
    bool is_finished_ = false;
    bool is_paused_ = false;
    bool is_step_wanted_ = false;
    std::optional<goal> goal_;
    std::optional<std::string> prompt_;  // what is being typed behind /
    std::string wanted_;                 // what was looked for last
    record::moment position_{0};         // of the event that was shown or absorbed last
    std::optional<record::event> next_;
    clock::time_point due_;        // of next_
    clock::duration remaining_{};  // until then, while paused
};

}  // namespace tendril::app
