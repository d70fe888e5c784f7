#pragma once

/// @file
/// What a session waits for, in order: Gate One's expect without its surprises. Pure.
/// Layer: expect (base). Spec: rows X01-X11 and X13 of docs/parity.md; docs/adr/0019.

#include <tendril/base/bytes.hpp>
#include <tendril/expect/pattern.hpp>
#include <tendril/expect/screen_view.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::expect {

namespace detail {
class stream_search;
class answered_places;
}  // namespace detail

/// Names one registered expectation, for removal.
enum class reference : std::uint64_t {};

/// What an expectation looks at.
enum class source {
    screen,  ///< the screen as rendered; fires once per appearance
    stream,  ///< the bytes before the terminal; fires once per occurrence, across chunk borders
};

/// How an expectation stands in the queue.
enum class standing {
    required,  ///< looked for when it is first; the ones behind it wait for it
    optional,  ///< looked for together with the one behind it, and removed with it
    sticky,    ///< always looked for, never removed by a match
};

/// What matched.
struct match {
    reference which{};
    std::size_t alternative = 0;      ///< index of the pattern that matched
    std::string text;                 ///< all of it; empty when it was the end or the deadline
    std::vector<std::string> groups;  ///< the capture groups from 1 on
    std::string line;                 ///< on a screen, the whole line on which the match begins
    std::string before;  ///< the stream since the last match or the registration, or the screen above it
};

/// Why an expectation was given up.
enum class lapse {
    timed_out,  ///< its deadline has come
    ended,      ///< the output has ended
};

/// Registration options.
struct options {
    source from = source::screen;
    standing as = standing::required;
    std::optional<std::size_t> position = std::nullopt;  ///< where in the queue; at its end when absent
    /// When to give up. A sticky expectation never does.
    std::optional<std::chrono::steady_clock::time_point> deadline = std::nullopt;
    /// Told when it is given up; not when it is removed.
    std::function<void(lapse)> on_lapse = nullptr;
};

/// The queue of expectations of one session.
///
/// In the stream, of all that is looked for the match comes first that is decided first: by its last byte, or
/// by the byte behind it where the expression ends in `$` or the like. Of those that are decided together the
/// one that begins leftmost, then the first in the queue, then the first alternative. So it does not matter
/// how the output is cut into chunks, and a repetition at the end of an expression takes as little as it may.
/// No match is empty.
///
/// Threads:   one object belongs to its session's strand.
/// Lifetime:  callbacks may register and remove expectations, also their own.
/// Errors:    an exception of a callback leaves the call that shows the queue something, which is to be
/// called
///            again, with nothing new, to go on where it was.
/// Pressure:  a match in the stream is at most stream_limit_bytes long, and so is what is before it; a longer
///            one is lost. At most twice as much is kept, and nothing when nobody looks at the stream.
/// Cost:      a step of an automaton for each byte, however it is cut.
class queue {
public:
    using callback = std::function<void(match const&)>;
    using clock = std::chrono::steady_clock;

    static constexpr std::size_t stream_limit_bytes = 1024 * 1024;

    queue();
    queue(queue const&) = delete;
    queue& operator=(queue const&) = delete;
    ~queue();

    /// Registers any of @p patterns. The callback runs inside one of the calls that show the queue something.
    /// Errors: not_supported when one is for the stream and not linear (pattern::is_linear()).
    result<reference> expect(std::vector<pattern> patterns, callback on_match, options how = {});

    /// Removes one expectation. False when it is gone already.
    bool unexpect(reference which);

    /// Removes all.
    void unexpect_all();

    /// True when something looks at the screen: rendering it is worth the while.
    [[nodiscard]] bool watches_screen() const noexcept;

    /// True when no required expectation is waiting.
    [[nodiscard]] bool satisfied() const noexcept;

    /// The next deadline, if there is one.
    [[nodiscard]] std::optional<clock::time_point> next_deadline() const noexcept;

    /// Shows the queue the next piece of raw output.
    void on_stream(base::byte_view bytes);

    /// Shows the queue the screen after an update.
    void on_screen(screen_view shown);

    /// Gives up what has its deadline at @p now or before.
    void on_time(clock::time_point now);

    /// The output has ended: what waits for the end matches, the rest is given up.
    /// Returns whether something required was among that.
    bool on_end();

    /// From now on a new expectation looks at what is behind the last match, rather than at what comes after
    /// its registration, so that a script may ask for one thing after the other. The stream is kept for that.
    void hold_unmatched();

    /// Gives the first up, as if its deadline had come, and forgets the others.
    void give_up_first();

    /// Tells @p sink each registration, match, lapse and removal in a line of its own; null ends that.
    /// Patterns and offsets are told, never what the output says.
    void trace_to(std::function<void(std::string_view)> sink);

private:
    struct expectation;
    using expectation_ptr =
        std::shared_ptr<expectation>;  // shared with a turn in progress: callbacks may remove it

    [[nodiscard]] std::vector<expectation_ptr> looked_for(source from) const;
    [[nodiscard]] bool stream_turn();
    [[nodiscard]] bool stream_matches(std::vector<expectation_ptr> const& live, bool at_end);
    [[nodiscard]] bool screen_turn(screen_view shown);
    [[nodiscard]] bool end_turn();
    [[nodiscard]] std::uint64_t registration_floor() const noexcept;
    void retire(expectation const& matched);
    void give_up(expectation_ptr const& one, lapse why);
    void release_stream();
    void trace(std::string_view what, expectation const& which, std::string_view more = {}) const;

    std::vector<expectation_ptr> waiting_;
    std::uint64_t next_reference_ = 1;
    std::unique_ptr<detail::stream_search> search_;
    std::optional<std::uint64_t> turn_;  // the stream offset of the match whose callbacks run
    std::optional<std::uint64_t> held_;  // since when what is unmatched is held
    std::uint64_t consumed_ = 0;         // stream offset behind the last required or optional match
    std::unique_ptr<detail::answered_places> answered_;
    std::function<void(std::string_view)> trace_;
};

}  // namespace tendril::expect
