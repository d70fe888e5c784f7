#pragma once

/// @file
/// What a check between two bytes has to know about them. Layer: expect. Spec: pcre2pattern(3), newline
/// ANYCRLF.

#include <tendril/expect/detail/syntax_tree.hpp>

#include <cstdint>

namespace tendril::expect::detail {

/// What stands on one side of a place between two bytes.
enum class neighbour : std::uint8_t {
    edge,     ///< nothing: the start or the end of the stream
    newline,  ///< LF
    carriage_return,
    word,  ///< a letter, a digit or an underscore, in ASCII
    other,
    unknown,  ///< not to be looked at: no check holds beside it that depends on it
};

[[nodiscard]] neighbour neighbour_of(char byte) noexcept;

/// Whether a check holds between @p before and @p after.
[[nodiscard]] bool holds(condition where, neighbour before, neighbour after) noexcept;

}  // namespace tendril::expect::detail
