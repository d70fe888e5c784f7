#pragma once

/// @file
/// Colours as programs spell them. Layer: term. Spec: XParseColor(3): rgb:, # forms, colour spaces and names.

#include <tendril/term/color.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tendril::term::detail {

/// A name without blanks, in lower case, and its colour.
struct color_name {
    std::string_view name;
    rgb value;
};

/// X11's names, sorted.
[[nodiscard]] std::span<color_name const> color_names() noexcept;

/// Reads "#rgb" to "#rrrrggggbbbb", "rgb:r/g/b", what measured_color.hpp lists, or a name, whose case and
/// blanks do not count.
[[nodiscard]] std::optional<rgb> parse_color(std::string_view text);

/// "rgb:rrrr/gggg/bbbb", as xterm answers.
[[nodiscard]] std::string spelled(rgb value);

}  // namespace tendril::term::detail
