#pragma once

/// @file
/// The cursor as a viewer sees it. Layer: term. Spec: DECSCUSR, DECTCEM.

#include <cstdint>

namespace tendril::term {

enum class cursor_shape : std::uint8_t { block, underline, bar };

/// Whether a picture of the screen has the cursor in it, if the program shows it.
enum class cursor_drawing : std::uint8_t { shown, left_out };

/// Where the cursor is and how it looks. Rows and columns count from 0.
struct cursor {
    int column = 0;
    int row = 0;
    bool visible = true;
    bool blink = true;
    bool pending_wrap = false;  ///< the next character goes to the next line first
    cursor_shape shape = cursor_shape::block;

    bool operator==(cursor const&) const = default;
};

}  // namespace tendril::term
