#pragma once

/// @file
/// The screen as an expectation sees it. Layer: expect (base).

#include <cstdint>
#include <string_view>

namespace tendril::expect {

/// Which of a terminal's two screens is shown.
enum class screen_kind : std::uint8_t { primary, alternate };

/// What a terminal shows now: no escape sequences, trailing blanks cut, lines joined by newline.
///
/// Lifetime: the text is the caller's.
struct screen_view {
    std::string_view text;
    std::uint64_t top_line =
        0;  ///< the first line's number, counted from the session's start: scrolling raises it
    screen_kind kind = screen_kind::primary;
};

}  // namespace tendril::expect
