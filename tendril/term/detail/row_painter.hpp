#pragma once

/// @file
/// Brings single lines of a client's screen up to date. Layer: term. Spec: none; parity T06.

#include <tendril/term/detail/grid.hpp>
#include <tendril/term/detail/line_comparison.hpp>
#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/seen_line.hpp>

#include <vector>

namespace tendril::term::detail {

/// Whether a client understands REP. The Linux console and GNU screen do not.
enum class repetition : std::uint8_t { used, avoided };

/// Paints where a line differs from what the client shows, and keeps account of which of the client's lines
/// go on in the next: a terminal learns that only from text that runs through the margin.
class row_painter {
public:
    /// @p client is what the client's lines show; it is kept up to date.
    row_painter(terminal const& now, screen_writer& to, std::vector<seen_line>& client, repetition repeat);

    /// Makes the client's line @p y what it is now; @p hash is the text_hash() of that.
    void paint(int y, std::uint64_t hash);

    /// Makes line @p y go on if it must and does not yet; to be called when every line is painted. Nothing
    /// can be done for the last line, which nothing follows.
    void settle_wrap(int y);

    /// Puts the client's cursor behind the last column of line @p y, in a pending wrap.
    void hold_wrap(int y);

private:
    int paint_text(int y, int x, int end);
    void paint_cells(int y, row const& line, int end);
    void paint_bytes(int y, row const& line, int end);
    int paint_run(int y, row const& line, int first, int end);
    int paint_blanks(int y, int x, int end);
    [[nodiscard]] bool wraps(int y) const { return client_[static_cast<std::size_t>(y)].wrapped(); }
    void set_wraps(int y, bool to) { client_[static_cast<std::size_t>(y)].set_wrapped(to); }
    void put(int y, int x, cell const& what);
    void reach(int y, int x);
    [[nodiscard]] bool is_plain_gap(int y, int from, int to) const;
    [[nodiscard]] bool flows_into(int y, int x, cell const& what) const;
    void unwrap(int y, int end);
    void wrap_through(int y);

    grid const& now_;
    screen_writer& to_;
    std::vector<seen_line>& client_;
    line_comparison comparison_;
    int columns_;
    repetition repeat_;
};

}  // namespace tendril::term::detail
