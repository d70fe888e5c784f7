#pragma once

/// @file
/// Output on whose meaning terminals agree: what is left out, and why, says docs/layers/term-differences.md.
/// Layer: tests.

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace tendril::conformance {

/// Output made of @p choices: one piece for each byte, its numbers from the bytes behind. The screen has
/// @p columns x @p rows.
[[nodiscard]] std::string common_output(std::span<std::uint8_t const> choices, int columns, int rows);

/// @p count random bytes to choose by.
[[nodiscard]] std::string random_choices(std::mt19937& random, std::size_t count);

}  // namespace tendril::conformance
