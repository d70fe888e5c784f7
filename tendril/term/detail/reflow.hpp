#pragma once

/// @file
/// Lines that wrapped, laid out anew for another width. Layer: term. Design: docs/adr/0014-reflow.md.

#include <tendril/term/history.hpp>
#include <tendril/term/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tendril::term::detail {

/// A place in the text that layout may move.
struct text_place {
    std::uint64_t line = 0;  ///< counted from the oldest line
    int column = 0;          ///< may lie behind the text; the width itself means: behind the last column
};

/// Takes lines from top to bottom and lays them out in another width. The last ones, as many as a screen may
/// show, are held back; those before them go to a history.
///
/// Text is kept whatever the width; a wide character that does not fit a line's end goes to the next line.
class reflow {
public:
    /// @p from and @p to are widths of at least 2. @p places are moved with the text they are in: they count
    /// lines as add() will.
    reflow(int from, int to, std::size_t held_back, history& above, std::array<text_place*, 3> places);

    /// Lays out the next line. @p next is the one after it, or null at the end.
    void add(row const& line, row const* next);

    /// The lines held back, oldest first; at most as many as asked for. Call once, when all lines are added.
    [[nodiscard]] std::vector<row> take_held();

    /// How many lines there are now, those in the history included.
    [[nodiscard]] std::uint64_t lines() const noexcept { return written_; }

private:
    struct moving_place {
        text_place* place = nullptr;
        bool done = false;
    };
    [[nodiscard]] int length_of(row const& line, row const* next) const noexcept;
    [[nodiscard]] int cut_length_of(row const& line) const noexcept;
    void lay_out(row const& line, int length);
    void end_line(row const& line, int length);
    void emit(bool wrapped);

    int from_;
    int to_;
    std::size_t held_back_;
    history& above_;
    std::array<moving_place, 3> places_;
    std::uint64_t taken_ = 0;    ///< lines added
    std::uint64_t written_ = 0;  ///< lines laid out
    row building_;
    int column_ = 0;          ///< where the next cell goes in building_
    bool going_on_ = false;   ///< the line added last wrapped
    std::vector<row> held_;   ///< a ring
    std::size_t oldest_ = 0;  ///< in the ring
};

}  // namespace tendril::term::detail
