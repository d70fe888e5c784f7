#pragma once

/// @file
/// Which columns of a line differ from what a client shows.
/// Layer: term. Design: docs/adr/0029-lines-compared-by-mask.md.

#include <tendril/term/detail/column_mask.hpp>
#include <tendril/term/detail/seen_line.hpp>

namespace tendril::term::detail {

/// Compares one line after the other; keeps its memory from one to the next.
class line_comparison {
public:
    /// Compares the first @p end columns of @p line with those of @p was.
    void compare(row const& line, seen_line const& was, int end);

    /// The first column from @p x on, before @p end, that differs, or does not; @p end if there is none.
    [[nodiscard]] int next_difference(int x, int end) const noexcept { return next_column(differs_, x, end); }
    [[nodiscard]] int next_sameness(int x, int end) const noexcept
    {
        return next_column(differs_, x, end, false);
    }

    /// Whether no column within four of @p x differs, but @p x.
    [[nodiscard]] bool stands_alone(int x) const noexcept
    {
        auto const at = static_cast<unsigned>(x);
        return (alone_[at / columns_a_word] >> (at % columns_a_word) & 1) != 0;
    }

    /// Of the columns from @p x on, before @p end and within @p x's word, those that stand alone and have
    /// none before them that does not; bit i is about column x + i.
    [[nodiscard]] std::uint64_t alone_from(int x, int end) const noexcept
    {
        auto const at = static_cast<unsigned>(x);
        auto const shift = at % columns_a_word;
        auto const alone = alone_[at / columns_a_word] >> shift;
        auto const others = (differs_[at / columns_a_word] >> shift) & ~alone;
        auto const upto = static_cast<unsigned>(end) - at;
        auto const within = upto < columns_a_word ? (std::uint64_t{1} << upto) - 1 : ~std::uint64_t{0};
        return alone & ((others & -others) - 1) & within;
    }

    /// Of @p line, which was compared and has bytes, after find_breaks(): the first column from @p x on,
    /// before
    /// @p end, that is no ASCII letter, has a decoration, or another rendition than the one before it.
    void find_breaks(row const& line, int end);
    [[nodiscard]] int next_break(int x, int end) const noexcept { return next_column(breaks_, x, end); }

    /// The same after find_repetitions(): the first column that shows what the one before it shows, or
    /// another character.
    void find_repetitions(row const& line, int end);
    [[nodiscard]] int next_repetition(int x, int end) const noexcept { return next_column(repeats_, x, end); }
    [[nodiscard]] int end_of_repetition(int x, int end) const noexcept
    {
        return next_column(repeats_, x, end, false);
    }

    /// Of a packable line: find_style_changes(); nullptr if the client's line has the same renditions.
    [[nodiscard]] column_mask const* changes() const noexcept { return same_styles_ ? nullptr : &changes_; }

private:
    void compare_packed(row const& line, seen_line const& was, int end);
    void compare_styles(row const& line, seen_line const& was, int both);
    void compare_added(row const& line, seen_line const& was, int both, int end);
    [[nodiscard]] bool has_styles_of(seen_line const& was, row const& line) const noexcept;

    void find_alone();

    column_mask differs_;
    column_mask alone_;
    column_mask breaks_;
    column_mask repeats_;
    column_mask changes_;
    bool has_breaks_ = false;       ///< breaks_ are of this line
    bool has_repetitions_ = false;  ///< repeats_ are
    bool same_styles_ = false;
};

}  // namespace tendril::term::detail
