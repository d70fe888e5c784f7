#pragma once

/// @file
/// Writes to a terminal whose cursor and pen we know, in few bytes.
/// Layer: term. Spec: xterm ctlseqs; ECMA-48 cursor control.

#include <tendril/term/detail/output_buffer.hpp>
#include <tendril/term/detail/sgr_change.hpp>
#include <tendril/term/detail/sgr_memo.hpp>
#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace tendril::term::detail {

/// The bytes for a client's terminal that is as wide as @p of, has its whole screen for a scrolling region,
/// wraps lines, and replaces what it overwrites. What is written comes from cells of @p of.
///
/// Lifetime: the terminal must outlive the writer and not be fed meanwhile.
class screen_writer {
public:
    explicit screen_writer(terminal const& of) : of_(of), columns_(of.size().columns) {}

    /// Makes room for @p count bytes at once.
    void expect(std::size_t count) { static_cast<void>(bytes_.room(count)); }

    /// What the client's cursor and pen are; unknown at first.
    void assume_position(int row, int column) noexcept;
    void assume_pen(sgr_look const& look, bool guarded) noexcept;
    void assume_printed(char32_t last) noexcept { last_printed_ = last; }
    void forget_position() noexcept { row_ = unknown; }

    [[nodiscard]] sgr_look const& look() const noexcept { return look_; }
    [[nodiscard]] bool guarded() const noexcept { return guarded_; }
    [[nodiscard]] char32_t printed() const noexcept { return last_printed_; }
    [[nodiscard]] int row() const noexcept { return row_; }
    [[nodiscard]] int column() const noexcept { return column_; }

    /// Whether the client's next character goes to the next line first.
    [[nodiscard]] bool pending_wrap() const noexcept { return row_ != unknown && column_ == columns_; }

    /// Brings the cursor there with the shortest movement, out of a pending wrap too.
    void go(int row, int column)
    {
        if (row == row_ && column > column_) {  // no column has fewer digits than the way to it
            csi(static_cast<unsigned>(column - column_), 'C');
            column_ = column;
            last_printed_ = 0;
        } else if (row != row_ || column != column_) {
            leave_for(row, column);
        }
    }

    /// Writes what a cell shows where the cursor is, even through a pending wrap. A blank becomes a space.
    void print(cell const& what);

    /// Writes ASCII in one look that ends in this line at the latest. Not in a pending wrap.
    void print_run(std::string_view ascii, cell const& like)
    {
        use(like);
        bytes_ += ascii;
        column_ += static_cast<int>(ascii.size());
        last_printed_ = ' ';
    }

    /// Moves right to @p column of the same line and writes one character there that has no decoration.
    void print_ascii(int column, char byte, rendition style)
    {
        auto const distance = static_cast<unsigned>(column - column_);
        column_ = column + 1;
        last_printed_ = ' ';
        if (needs_change(style) || distance >= 10 || distance < 2) {
            csi(distance, 'C');
            use({.style = style, .shown = {}, .decoration = 0});
            bytes_ += byte;
            return;
        }
        auto const step = {'\x1b', '[', static_cast<char>('0' + distance), 'C', byte};
        std::ranges::copy(step, bytes_.room(step.size()));
        bytes_.took(step.size());
    }

    /// The same for the columns @p first + i of this line for every bit i of @p columns, up to the first
    /// that is not 5 to 99 columns away, not ASCII or not in the look of the moment. @p bytes and @p
    /// styles are those from column @p first on, @p styles null if all are the default.
    void print_apart(std::uint64_t columns, int first, std::uint8_t const* bytes, rendition const* styles);

    /// Writes what was printed last @p count times more, before the last column.
    void repeat(int count);

    /// Keeps what is printed next from joining what was printed last. Not in a pending wrap.
    void part();

    /// Takes the look for what follows: of text, or only the background for erasing.
    void use(cell const& like)
    {
        if (like.decoration != 0 || needs_change(like.style))
            change_to(like);
    }
    void use_background(rendition style);

    void erase_cells(int count);     ///< ECH
    void erase_line_right();         ///< EL
    void erase_screen_below();       ///< ED
    void erase_one_in_place();       ///< without a movement, so that a pending wrap stays
    void scroll_up(int count);       ///< SU
    void scroll_down(int count);     ///< SD
    void insert_lines(int count);    ///< IL
    void delete_lines(int count);    ///< DL
    void region(int top, int last);  ///< DECSTBM; the cursor goes home
    void whole_region();             ///< the same for the whole screen

    /// DECSWL, DECDWL, DECDHL for the line of the cursor, which is in the first column.
    void choose_line_size(line_size size);

    /// Appends bytes that move neither cursor nor pen.
    void raw(std::string_view bytes) { bytes_ += bytes; }

    /// Whether printing @p next right behind what was printed last would make one character of the two.
    [[nodiscard]] bool would_join(cell const& next) const;

    /// Whether the first code point of @p what takes two cells on its own: it is wrapped before it is
    /// printed.
    [[nodiscard]] bool starts_wide(cell const& what) const;

    /// Ends a link that is being written.
    void close_link();

    [[nodiscard]] std::string take();

private:
    static constexpr int unknown = -1;

    void csi(unsigned number, char final)
    {
        constexpr std::size_t most = 13;
        auto* const to = bytes_.room(most);
        to[0] = '\x1b';
        to[1] = '[';
        to[2] = static_cast<char>('0' + number);
        auto* at = number == 1 ? to + 2 : number < 10 ? to + 3 : written(to + 2, number);
        *at++ = final;
        bytes_.took_until(at);
    }
    /// Whether the pen is another than @p style without a decoration.
    [[nodiscard]] bool needs_change(rendition style) const noexcept
    {
        return style != look_.style || link_ != nullptr || !look_.underline.is_default() ||
               style.has(attribute::guarded) != guarded_;
    }
    void change_to(cell const& like);
    void change_style(rendition to);
    void leave_for(int row, int column);
    void use_link(link const* wanted);
    void cup(int row, int column);
    void go_back(int column);
    [[nodiscard]] char32_t first_of(glyph shown) const;
    [[nodiscard]] char32_t last_of(glyph shown) const;

    terminal const& of_;
    output_buffer bytes_;
    sgr_look look_;
    sgr_memo memo_;
    link const* link_ = nullptr;
    int columns_;
    int row_ = unknown;
    int column_ = 0;
    char32_t last_printed_ = 0;  ///< 0: the cursor was moved since
    bool guarded_ = false;
};

}  // namespace tendril::term::detail
