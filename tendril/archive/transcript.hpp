#pragma once

/// @file
/// What could be read on a recorded terminal, line by line. Layer: archive (term, record). Spec: row L07.

#include <tendril/record/recording.hpp>
#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace tendril::archive {

/// A line as it was written, and when it was whole: when it scrolled away, or at the end.
struct timed_line {
    record::moment at{0};
    std::string text;  ///< UTF-8 without control characters; trailing blanks are cut
    bool operator==(timed_line const&) const = default;
};

/// Plays a recording and hands out its lines.
///
/// Of the primary screen, every line that scrolls away, and at the end what is left; lines that ran through
/// the margin are one. Of a full-screen program, every line of its screen that was not there before, looked
/// at once a second and before each pause. What is drawn over sooner than that is not seen.
///
/// Memory: a terminal, and 8 bytes for each different line of a full-screen program, at most 1 MiB.
class transcript {
public:
    explicit transcript(record::header const& head);

    /// Plays @p happened; appends the lines that it made whole to @p to.
    void take(record::event const& happened, std::vector<timed_line>& to);

    /// Appends what is left on the screen.
    void finish(std::vector<timed_line>& to);

private:
    void feed(base::byte_view bytes, std::vector<timed_line>& to);
    void take_scrolled(std::vector<timed_line>& to);
    void take_screen(std::vector<timed_line>& to);
    void add(term::row const& line, bool goes_on, std::vector<timed_line>& to);

    term::terminal screen_;
    record::moment now_{0};
    record::moment looked_{0};
    std::uint64_t seen_ = 0;  // of the lines that ever scrolled away
    std::string begun_;       // a line that goes on in the next one
    term::row line_;
    std::unordered_set<std::size_t> known_;  // hashes of what a full-screen program has shown
};

}  // namespace tendril::archive
