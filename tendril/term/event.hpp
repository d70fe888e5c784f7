#pragma once

/// @file
/// What a program's output tells the world beyond the screen. Layer: term. Spec: parity T07.

#include <tendril/term/size.hpp>

#include <cstdint>
#include <string>

namespace tendril::term {

/// One thing that happened, in the order of the output.
struct event {
    enum class kind : std::uint8_t {
        title,  ///< `text` is the new title
        icon,   ///< `text` is the new icon name
        bell,
        mode,          ///< `text` is the mode's number, "?25" or "4"; `on` says whether it was set
        notification,  ///< `text` is the body, `detail` the title
        directory,     ///< `text` is the URL of OSC 7
        shell_mark,    ///< `text` is OSC 133's payload
        progress,      ///< `text` is the state of OSC 9;4 ("set", "error", ...), `detail` the percentage
        clipboard,     ///< `text` is the selection ("c", "p", ...), `detail` what was copied; empty clears it
        pointer,       ///< `text` is the pointer shape of OSC 22
        image,         ///< `text` is the protocol, `detail` the payload; at the cursor, `size` cells large
        resize,        ///< the program asked for `size`; `on` says whether the terminal has taken it
        reset          ///< RIS
    };

    kind what = kind::bell;
    bool on = false;
    int column = 0;  ///< of the cursor
    int row = 0;     ///< of the cursor
    std::string text{};
    std::string detail{};
    grid_size size{0, 0};
};

}  // namespace tendril::term
