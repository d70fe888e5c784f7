#pragma once

/// @file
/// Lines as a program wrote them: rows that run on through the margin are one.
/// Layer: term. Spec: parity T13.

#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tendril::term {

/// A cell by the number of its line, counted from the first line ever shown, and its column. The line with
/// number terminal::top_line() is the screen's first.
struct cell_place {
    std::uint64_t line = 0;
    int column = 0;

    auto operator<=>(cell_place const&) const = default;
};

/// The lines of history and screen by number, one behind the other.
[[nodiscard]] std::uint64_t oldest_line(terminal const& of) noexcept;  ///< the first that is kept
[[nodiscard]] std::uint64_t end_line(terminal const& of) noexcept;     ///< one behind the screen's last

/// Whether line @p number goes on in the next. The history never goes on in the alternate screen.
[[nodiscard]] bool goes_on(terminal const& of, std::uint64_t number) noexcept;

/// A stretch of text and where it stands.
///
/// Lifetime: the terminal must outlive it and not be fed meanwhile.
class logical_line {
public:
    /// The line that row @p number is part of; nothing when there is no such row.
    /// Cost: linear in the rows of the line.
    [[nodiscard]] static std::optional<logical_line> around(terminal const& of, std::uint64_t number);

    /// UTF-8, without the blanks at the end; blanks that were never written are spaces.
    [[nodiscard]] std::string const& text() const noexcept { return text_; }

    [[nodiscard]] std::uint64_t first() const noexcept { return first_; }  ///< number of its first row
    [[nodiscard]] std::uint64_t end() const noexcept { return end_; }      ///< one behind its last row

    /// The cell that byte @p offset of the text belongs to; behind the text, the column behind the last cell.
    /// Cost: linear in the offset.
    [[nodiscard]] cell_place place_of(std::size_t offset) const;

    /// How many columns the character at @p place takes.
    [[nodiscard]] int width_at(cell_place place) const;

private:
    logical_line(terminal const& of, std::uint64_t first) : of_(&of), first_(first), end_(first) {}

    terminal const* of_;
    std::uint64_t first_;
    std::uint64_t end_;
    std::string text_;
};

}  // namespace tendril::term
