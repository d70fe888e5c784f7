#pragma once

/// @file
/// Everything a terminal remembers, and the few things every control function does with it.
/// Layer: term (base, vt). Design: docs/layers/term.md.

#include <tendril/term/cursor.hpp>
#include <tendril/term/decoration.hpp>
#include <tendril/term/detail/charset.hpp>
#include <tendril/term/detail/cluster_table.hpp>
#include <tendril/term/detail/grid.hpp>
#include <tendril/term/detail/settings.hpp>
#include <tendril/term/detail/tab_stops.hpp>
#include <tendril/term/event.hpp>
#include <tendril/term/history.hpp>
#include <tendril/term/host.hpp>
#include <tendril/term/intern_table.hpp>
#include <tendril/term/limits.hpp>
#include <tendril/term/mode.hpp>
#include <tendril/term/width.hpp>
#include <tendril/vt/parser.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::term::detail {

/// Inclusive bounds of the scrolling region.
struct margins {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
};

/// What new text is written with.
struct pen {
    rendition style;
    color underline_color;
    std::uint32_t link = 0;
    std::uint32_t decoration = 0;  ///< the two above, interned
};

/// Where text goes next, and how; what DECSC saves.
struct position {
    int column = 0;
    int row = 0;
    bool pending_wrap = false;
    bool origin = false;  ///< only meaningful in a saved position
    detail::pen pen;
    charset_state charsets;
};

/// The cell a following mark or emoji part may still join.
struct joint {
    bool open = false;
    int column = 0;
    char32_t last = 0;  ///< the cluster's last code point
    cluster_walk walk{};
};

/// What a screen has of its own: xterm keeps a saved cursor, kitty a keyboard stack for each.
struct screen {
    screen(grid_size size, std::uint64_t first_identity) : lines(size, first_identity) {}

    grid lines;
    position saved;
    std::vector<std::uint8_t> keyboard_flags;
};

enum class side : std::uint8_t { primary, alternate };

/// The alternate screen numbers its lines from here on, so that no two lines share an identity.
inline constexpr std::uint64_t first_alternate_identity = std::uint64_t{1} << 63;

/// Whether lines that leave the region at the top of the screen go to the history.
enum class scrolled_lines : std::uint8_t { kept, lost };

/// A title and an icon name put aside; one that was not asked for is not there.
struct stacked_titles {
    std::optional<std::string> title;
    std::optional<std::string> icon;
};

/// What XTPUSHSGR put aside, and which parts of it XTPOPSGR brings back.
struct pushed_rendition {
    detail::pen held;
    std::uint32_t parts = 0;
};

/// A desktop notification that has not arrived whole.
struct notification_draft {
    std::string id;
    std::string title;
    std::string body;
};

/// An image that arrives in pieces.
struct image_draft {
    std::string control;
    std::string data;
    bool overflowed = false;  ///< it was too long; its end is still to come
};

struct state {
    state(grid_size size, terminal_limits const& bounds);

    [[nodiscard]] grid& lines() noexcept { return screens[static_cast<std::size_t>(shown)].lines; }
    [[nodiscard]] grid const& lines() const noexcept
    {
        return screens[static_cast<std::size_t>(shown)].lines;
    }
    [[nodiscard]] screen& current() noexcept { return screens[static_cast<std::size_t>(shown)]; }
    [[nodiscard]] screen const& current() const noexcept { return screens[static_cast<std::size_t>(shown)]; }
    [[nodiscard]] row& line() noexcept { return lines()[at.row]; }
    [[nodiscard]] bool is(mode what) const noexcept { return is_set(modes, what); }
    [[nodiscard]] bool full_width() const noexcept { return region.left == 0 && region.right == columns - 1; }
    [[nodiscard]] bool within_sides() const noexcept
    {
        return at.column >= region.left && at.column <= region.right;
    }
    [[nodiscard]] bool within_region() const noexcept
    {
        return within_sides() && at.row >= region.top && at.row <= region.bottom;
    }
    /// One behind the last column that text may reach from the cursor.
    [[nodiscard]] int text_end() const noexcept { return text_end_in(lines()[at.row]); }
    /// The same, for the cursor's row @p line.
    [[nodiscard]] int text_end_in(row const& line) const noexcept
    {
        auto const visible = line.visible(columns);
        auto const end = region.right < visible ? region.right + 1 : visible;
        return at.column <= region.right ? std::max(at.column + 1, end) : columns;
    }
    /// How many columns of a row are to be seen: a line of double width has half of them.
    [[nodiscard]] int line_columns(int row) const noexcept { return lines()[row].visible(columns); }
    /// To be called when another line may have come to where the cursor is: one of double width is shorter.
    void keep_in_line() noexcept
    {
        if (auto const last = line_columns(at.row) - 1; at.column > last) {
            at.column = last;
            at.pending_wrap = false;
        }
    }
    [[nodiscard]] rendition blank_style() const noexcept { return at.pen.style.erased(); }

    /// Starts the next generation: what is written from now on belongs to it.
    void advance_generation() noexcept
    {
        ++generation;
        for (auto& each : screens)
            each.lines.begin(generation);
    }

    void set_mode(mode what, bool to) noexcept { modes[static_cast<std::size_t>(what)] = to; }
    void reset_region() noexcept { region = {0, rows - 1, 0, columns - 1}; }

    terminal_limits limits;
    int columns;
    int rows;
    std::uint64_t generation = 0;  ///< of the last feed() or resize() that may have changed something
    std::array<screen, 2> screens;
    side shown = side::primary;
    history past;
    position at;
    margins region;
    tab_stops tabs;
    mode_set modes = initial_modes();
    mode_set saved_modes;  ///< XTSAVE
    mode_set saved_mask;   ///< which of them were saved
    settings chosen;
    term::host host;
    cursor_shape shape = cursor_shape::block;
    joint join;
    char32_t repeatable = 0;               ///< what REP repeats; 0: nothing yet
    int key_modifier_options = 0;          ///< modifyOtherKeys
    std::map<int, std::string> user_keys;  ///< DECUDK, by the number in the key's own sequence
    std::string title;
    std::string icon;
    std::vector<stacked_titles> title_stack;
    std::map<int, rgb> palette;  ///< changed entries; see palette.hpp for the numbers beyond 255
    std::vector<std::map<int, rgb>> palette_stack;  ///< XTPUSHCOLORS
    std::vector<pushed_rendition> rendition_stack;  ///< XTPUSHSGR
    std::map<char, std::string> clipboard;          ///< by selection, if the host lets it be read
    image_draft image;                              ///< of kitty or iTerm2
    notification_draft draft;                       ///< OSC 99 in pieces
    int vt52_operands = 0;                          ///< how many bytes of a VT52 cursor address are missing
    int vt52_row = 0;                               ///< the first of them
    cluster_table clusters;
    intern_table<decoration> decorations{1u << 20};
    intern_table<link> links{1u << 16};
    std::string replies;
    std::vector<event> events;
    std::size_t event_bytes = 0;
    vt::parser parser;
};

/// Queues @p text for the program, unless the queue is full. Its C1 controls are given as ESC and a letter
/// and go out as the program wants them (S7C1T, S8C1T).
void reply(state& s, std::string_view text);

/// Queues @p what, at the cursor, unless the queue is full.
void notify(state& s, event what);

/// The same for something at another place.
void notify_at(state& s, event what, int column, int row);

/// The number of what @p base shows, followed by @p next, as a cluster; 0 when there is no more room.
[[nodiscard]] std::uint32_t extended_cluster(state& s, glyph base, char32_t next);

/// Makes the pen's decoration follow its underline colour and link.
void refresh_decoration(state& s);

/// Moves the cursor; the target is clamped to the screen.
void move_to(state& s, int column, int row) noexcept;

/// Scrolls the region, which has the full width and the cursor in its last line, up by one. Lines that leave
/// the screen are kept.
void scroll_line_up(state& s);

/// Scrolls rows [@p top, @p bottom] between the side margins up by @p count.
void scroll_up(state& s, int top, int bottom, int count, scrolled_lines fate);

/// The same downwards.
void scroll_down(state& s, int top, int bottom, int count);

/// Takes a new size; see terminal::resize().
void resize(state& s, grid_size size);

/// Takes a new size that the program asked for, if the host lets it, and tells the host.
void resize_on_request(state& s, int columns, int rows);

/// Parses and executes @p bytes.
void feed(state& s, base::byte_view bytes);

}  // namespace tendril::term::detail
