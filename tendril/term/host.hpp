#pragma once

/// @file
/// What a terminal is told about its host, and what the host lets a program do to it.
/// Layer: term. Spec: xterm ctlseqs (window operations, OSC 52, colour scheme reports); docs/layers/term.md.

#include <cstdint>

namespace tendril::term {

/// How far OSC 52 reaches.
enum class clipboard_access : std::uint8_t {
    none,       ///< it is ignored
    write,      ///< what a program copies becomes an event
    read_write  ///< and it may ask for what was copied last
};

/// What programs that look for it are told about the colours.
enum class color_scheme : std::uint8_t { dark, light };

/// The pixels of a cell, where a program insists on pixels.
struct cell_size {
    std::uint16_t width = 8;
    std::uint16_t height = 16;

    bool operator==(cell_size const&) const = default;
};

/// The host's facts and permissions. By default a program gets nothing that could be turned against a person:
/// its title is never sent back, since a shell would take it for typed text.
struct host {
    bool tells_titles = false;  ///< CSI 20 t and 21 t answer the true titles
    bool resizes = false;       ///< DECCOLM, DECSLPP, DECSCPP, DECSNLS and CSI 4 t, 8 t, 9 t, 10 t change the
                                ///< size; the host learns of it from a resize event
    bool shows_images = false;  ///< DA1 says that there is sixel
    clipboard_access clipboard = clipboard_access::none;
    color_scheme scheme = color_scheme::dark;
    cell_size pixels{};

    bool operator==(host const&) const = default;
};

}  // namespace tendril::term
