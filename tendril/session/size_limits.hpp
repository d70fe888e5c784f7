#pragma once

/// @file
/// How large a session's terminal may be. Pure. Layer: session (pty). Spec: parity rows M02 and M07.

#include <tendril/pty/window_size.hpp>

#include <cstdint>

namespace tendril::session {

/// Protects memory from whoever may choose a size: every row costs its cells.
struct size_limits {
    std::uint16_t rows = 200;     ///< cells
    std::uint16_t columns = 500;  ///< cells

    /// No limits but the kernel's own.
    [[nodiscard]] static constexpr size_limits none() noexcept { return {.rows = 65535, .columns = 65535}; }
};

/// How large a cell is, for programs that draw pictures. 0 means unknown.
struct cell_pixels {
    std::uint16_t width = 0;
    std::uint16_t height = 0;
};

/// @p asked within @p limits. Less than two rows or columns is no size: 24 or 80 then, as in Gate One. The
/// pixels follow from @p cell when that is known.
[[nodiscard]] pty::window_size clamped(pty::window_size asked, size_limits limits,
                                       cell_pixels cell = {}) noexcept;

}  // namespace tendril::session
