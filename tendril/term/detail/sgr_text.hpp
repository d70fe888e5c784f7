#pragma once

/// @file
/// A rendition as the numbers of an SGR. Layer: term. Spec: ECMA-48 SGR; ISO 8613-6 colours with colons.

#include <tendril/term/rendition.hpp>

#include <string>

namespace tendril::term::detail {

/// The numbers that bring about @p style from any other: "0;1;31".
[[nodiscard]] std::string sgr_numbers(rendition style);

/// What follows them for an underline colour: ";58:5:3", or nothing for the default.
[[nodiscard]] std::string underline_color_number(color which);

}  // namespace tendril::term::detail
