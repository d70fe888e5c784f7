#pragma once

/// @file
/// What a session waits for, in order: Gate One's expect without its surprises. Pure.
/// Layer: expect (base). Spec: rows X01-X05 and X11 of docs/parity.md.

#include <tendril/base/bytes.hpp>
#include <tendril/expect/pattern.hpp>
#include <tendril/expect/screen_view.hpp>

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
class stream_tail;
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
    std::string text;                 ///< all of it
    std::vector<std::string> groups;  ///< the capture groups from 1 on
    std::string line;                 ///< on a screen, the whole line on which the match begins
};

/// Registration options.
struct options {
    source from = source::screen;
    standing as = standing::required;
    std::optional<std::size_t> position = std::nullopt;  ///< where in the queue; at its end when absent
};

/// The queue of expectations of one session.
///
/// Threads:   one object belongs to its session's strand.
/// Lifetime:  callbacks may register and remove expectations, also their own.
/// Pressure:  at most the last 1 MiB of the stream is kept for matches in progress; a longer match is lost.
class queue {
public:
    using callback = std::function<void(match const&)>;

    queue();
    queue(queue const&) = delete;
    queue& operator=(queue const&) = delete;
    ~queue();

    /// Registers any of @p patterns. The callback runs inside on_stream() or on_screen().
    reference expect(std::vector<pattern> patterns, callback on_match, options how = {});

    /// Removes one expectation. False when it is gone already.
    bool unexpect(reference which);

    /// Removes all.
    void unexpect_all();

    /// True when something looks at the screen: rendering it is worth the while.
    [[nodiscard]] bool watches_screen() const noexcept;

    /// True when no required expectation is waiting.
    [[nodiscard]] bool satisfied() const noexcept;

    /// Shows the queue the next piece of raw output.
    void on_stream(base::byte_view bytes);

    /// Shows the queue the screen after an update.
    void on_screen(screen_view shown);

private:
    struct expectation;
    using expectation_ptr =
        std::shared_ptr<expectation>;  // shared with a turn in progress: callbacks may remove it

    [[nodiscard]] std::vector<expectation_ptr> looked_for(source from) const;
    [[nodiscard]] bool stream_turn();
    [[nodiscard]] bool screen_turn(screen_view shown);
    void retire(expectation const& matched);
    void release_stream();

    std::vector<expectation_ptr> waiting_;
    std::uint64_t next_reference_ = 1;
    std::unique_ptr<detail::stream_tail> tail_;
    std::uint64_t consumed_ = 0;  // stream offset behind the last required or optional match
    std::unique_ptr<detail::answered_places> answered_;
};

}  // namespace tendril::expect
