#pragma once

/// @file
/// The steps of one difference: screen, scrolls, lines, settings, cursor.
/// Layer: term. Spec: none; parity T06.

#include <tendril/term/detail/row_painter.hpp>
#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/scroll_search.hpp>
#include <tendril/term/difference.hpp>

#include <string>
#include <vector>

namespace tendril::term::detail {

/// Brings one frame up to date; good for one call of bytes().
class frame_update {
public:
    frame_update(frame& client, terminal const& now, client_abilities const& can);

    /// Whether nothing can have changed since @p client was brought up to date.
    [[nodiscard]] static bool is_current(frame const& client, terminal const& now) noexcept;

    [[nodiscard]] std::string bytes();

private:
    void start_anew();
    void resume();
    void switch_screen();
    void assume_blank_screen();
    void doubt_numbers();
    void follow_scrolls();
    void apply(moved_lines const& moved);
    void clear_below();
    void paint_lines();
    void make_single(int y);
    void set_size(int y, line_size size);
    void place_cursor();
    void set_settings();
    void remember();

    [[nodiscard]] std::vector<seen_line>& lines() noexcept;
    void find_stale_lines();

    frame& client_;
    terminal const& now_;
    grid const& screen_;  ///< what it shows
    client_abilities const& can_;
    screen_writer to_;
    std::vector<int> stale_;             ///< the client's lines that may differ
    std::vector<std::uint64_t> hashes_;  ///< text_hash() of the terminal's lines, 0 or empty if not known
    bool has_scrolled_ = false;          ///< the client's lines have been moved
};

}  // namespace tendril::term::detail
