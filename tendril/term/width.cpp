#include <tendril/term/width.hpp>

#include <utf8proc.h>

namespace tendril::term {

character_traits traits_of(char32_t scalar) noexcept
{
    if (scalar < 0x300)  // Latin: no mark, nothing wide; U+00AD is shown, as xterm does
        return {};
    auto const* const property = utf8proc_get_property(static_cast<utf8proc_int32_t>(scalar));
    auto const bound = property->boundclass;
    // A sign that is prepended to what follows may stand alone here: its cell is its own.
    auto const may_join = bound != UTF8PROC_BOUNDCLASS_OTHER &&
                          bound != UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC &&
                          bound != UTF8PROC_BOUNDCLASS_PREPEND;
    if (is_regional_indicator(scalar))
        return {.width = 2, .may_join = true};
    if (property->charwidth != 0)
        return {.width = static_cast<int>(property->charwidth), .may_join = may_join};
    auto const shown =
        property->category == UTF8PROC_CATEGORY_CN || property->category == UTF8PROC_CATEGORY_CO;
    int const width = shown ? 1 : 0;
    return {.width = width, .may_join = may_join};
}

bool takes_emoji_presentation(char32_t scalar) noexcept
{
    if (scalar < 0x80)
        return scalar == U'#' || scalar == U'*' || (scalar >= U'0' && scalar <= U'9');
    return utf8proc_get_property(static_cast<utf8proc_int32_t>(scalar))->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool is_regional_indicator(char32_t scalar) noexcept
{
    return scalar >= 0x1F1E6 && scalar <= 0x1F1FF;
}

bool joins(char32_t before, char32_t next, std::int32_t& state) noexcept
{
    utf8proc_int32_t walk = state;
    auto const breaks = utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                                         static_cast<utf8proc_int32_t>(next), &walk);
    state = walk;
    return !breaks;
}

}  // namespace tendril::term
