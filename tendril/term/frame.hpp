#pragma once

/// @file
/// What a client's terminal shows, as far as we have brought it there.
/// Layer: term. Spec: parity T06; docs/layers/term.md, "Differences".

#include <tendril/term/client_settings.hpp>
#include <tendril/term/detail/seen_line.hpp>
#include <tendril/term/terminal.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace tendril::term {

namespace detail {
class frame_update;
}

/// One client's memory: difference() starts from it and brings it up to date. A new frame stands for a
/// client of which nothing is known.
///
/// Belongs to one terminal: after another was assigned to that, call forget(). Copying gives a client that
/// shows the same. Cost: both screens, a byte a column and a rendition for each stretch of one look.
class frame {
public:
    /// The client's screen is unknown from now on, for example because it was resized by itself or another
    /// program wrote to it: the next difference paints all of it.
    void forget() noexcept { known_ = false; }

private:
    friend class detail::frame_update;

    bool known_ = false;
    std::uint64_t generation_ = 0;
    std::array<std::uint64_t, 3> sweeps_{};  ///< of the terminal's tables: clusters, decorations, links
    grid_size size_{};
    screen_kind shown_ = screen_kind::primary;
    std::array<std::vector<detail::seen_line>, 2> lines_;  ///< empty while unknown
    int cursor_row_ = 0;
    int cursor_column_ = 0;      ///< the width of the screen in a pending wrap
    char32_t last_printed_ = 0;  ///< what the next character may join; 0: the cursor was moved since
    rendition style_;
    color underline_color_;
    bool guarded_ = false;  ///< the pen, as DECSCA set it
    client_settings settings_;
    std::array<int, 2> keyboard_flags_{};  ///< of both screens: terminals keep them apart
};

}  // namespace tendril::term
