#pragma once

/// @file
/// The steps that printing one character and printing many have in common.
/// Layer: term (utf8proc). Spec: DEC STD 070, "autowrap"; UAX 29 for what shares a cell.

#include <tendril/term/detail/controls.hpp>
#include <tendril/term/width.hpp>

#include <cstddef>

namespace tendril::term::detail {

inline constexpr char32_t zero_width_joiner = 0x200D;
inline constexpr char32_t emoji_selector = 0xFE0F;
inline constexpr std::size_t longest_cluster = 32;  // UAX 15's Stream-Safe Text Format allows 30 marks

inline void wrap_line(state& s)
{
    s.line().set_wrapped(true);
    cr(s);
    ind(s);
}

/// Moves the cursor behind what was printed, up to the margin.
inline void advance(state& s, int width, int end) noexcept
{
    s.at.column += width;
    if (s.at.column < end)
        return;
    s.at.column = end - 1;
    s.at.pending_wrap = s.is(mode::autowrap);
}

[[nodiscard]] inline cell penned(state const& s, glyph shown) noexcept
{
    return {.style = s.at.pen.style, .shown = shown, .decoration = s.at.pen.decoration};
}

/// joins(), short for a mark: most of what joins is one, and what comes before it hardly matters.
[[nodiscard]] inline bool joins_here(break_class before, break_class next, cluster_walk& walk) noexcept
{
    if (next != break_class::extend)
        return joins(before, next, walk);
    auto const emoji =
        before == break_class::pictographic || (walk.in_emoji && before == break_class::extend);
    walk = {.in_emoji = emoji, .has_pair = false};
    return before != break_class::control;
}

}  // namespace tendril::term::detail
