#include <tendril/term/width.hpp>

#include <utf8proc.h>

namespace tendril::term {

int width_of(char32_t scalar) noexcept
{
    if (scalar < 0x300)  // Latin: no mark, nothing wide; U+00AD is shown, as xterm does
        return 1;
    if (is_regional_indicator(scalar))
        return 2;
    auto const code = static_cast<utf8proc_int32_t>(scalar);
    auto const width = utf8proc_charwidth(code);
    if (width != 0)
        return width;
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
        return 1;
    default:
        return 0;
    }
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
