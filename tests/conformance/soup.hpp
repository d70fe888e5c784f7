#pragma once

/// @file
/// Random output for properties that must hold whatever a program writes. Layer: tests.

#include <random>
#include <string>

namespace tendril::conformance {

/// @p count pieces of text, characters of all widths, control sequences whole and in parts, and rubbish.
[[nodiscard]] std::string soup_of(std::mt19937& random, int count);

}  // namespace tendril::conformance
