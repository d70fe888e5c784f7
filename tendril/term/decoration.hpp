#pragma once

/// @file
/// What few cells have and a cell has no room for: an underline colour, a link.
/// Layer: term. Spec: SGR 58; OSC 8 (the hyperlink specification of VTE and iTerm2).

#include <tendril/term/color.hpp>

#include <cstdint>
#include <string>

namespace tendril::term {

/// A hyperlink. Cells with the same id and target are one link.
struct link {
    std::string id;
    std::string target;

    auto operator<=>(link const&) const = default;
};

/// Cells refer to it by number. Links are numbered too, so that colour noise does not copy targets.
struct decoration {
    std::uint32_t underline_color = 0;  ///< color::packed()
    std::uint32_t link_number = 0;      ///< 0: no link

    [[nodiscard]] bool is_none() const noexcept { return underline_color == 0 && link_number == 0; }

    auto operator<=>(decoration const&) const = default;
};

}  // namespace tendril::term
