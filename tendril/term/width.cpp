#include <tendril/term/width.hpp>

#include <array>
#include <atomic>
#include <new>

#include <utf8proc.h>

namespace tendril::term {

namespace {

using detail::traits_block;
using detail::traits_block_size;
using detail::traits_blocks;

break_class class_of(utf8proc_property_t const& property) noexcept
{
    switch (property.boundclass) {
    case UTF8PROC_BOUNDCLASS_CR:
    case UTF8PROC_BOUNDCLASS_LF:
    case UTF8PROC_BOUNDCLASS_CONTROL:
        return break_class::control;
    case UTF8PROC_BOUNDCLASS_EXTEND:
        return break_class::extend;
    case UTF8PROC_BOUNDCLASS_L:
        return break_class::hangul_l;
    case UTF8PROC_BOUNDCLASS_V:
        return break_class::hangul_v;
    case UTF8PROC_BOUNDCLASS_T:
        return break_class::hangul_t;
    case UTF8PROC_BOUNDCLASS_LV:
        return break_class::hangul_lv;
    case UTF8PROC_BOUNDCLASS_LVT:
        return break_class::hangul_lvt;
    case UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR:
        return break_class::regional_indicator;
    case UTF8PROC_BOUNDCLASS_SPACINGMARK:
        return break_class::spacing_mark;
    case UTF8PROC_BOUNDCLASS_PREPEND:
        return break_class::prepend;
    case UTF8PROC_BOUNDCLASS_ZWJ:
        return break_class::zero_width_joiner;
    case UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC:
        return break_class::pictographic;
    default:
        return break_class::other;
    }
}

std::uint8_t width_of(char32_t scalar, utf8proc_property_t const& property) noexcept
{
    if (scalar < 0x300)  // Latin: no mark, nothing wide; U+00AD is shown, as xterm does
        return 1;
    if (is_regional_indicator(scalar))
        return 2;
    if (property.charwidth != 0)
        return static_cast<std::uint8_t>(property.charwidth);
    auto const shown = property.category == UTF8PROC_CATEGORY_CN || property.category == UTF8PROC_CATEGORY_CO;
    return shown ? 1 : 0;
}

character_traits computed(char32_t scalar) noexcept
{
    auto const& property = *utf8proc_get_property(static_cast<utf8proc_int32_t>(scalar));
    auto const kind = class_of(property);
    // A sign that is prepended to what follows may stand alone here: its cell is its own.
    auto const may_join = scalar >= 0x300 && kind != break_class::other &&
                          kind != break_class::pictographic && kind != break_class::prepend;
    return character_traits(width_of(scalar, property), may_join, kind);
}

constexpr char32_t first_ideograph = 0x4E00;
constexpr char32_t last_ideograph = 0x9FFF;

/// The unified ideographs are all alike: their blocks, a third of what is in use, are one.
constexpr traits_block ideographs = [] {
    traits_block made;
    made.fill(character_traits(2, false, break_class::other));
    return made;
}();

}  // namespace

std::array<std::atomic<traits_block const*>, 0x110000 / traits_block_size> detail::traits_blocks;

character_traits detail::first_traits_of(char32_t scalar) noexcept
{
    if (scalar >= first_ideograph && scalar <= last_ideograph) {
        traits_blocks[scalar / traits_block_size].store(&ideographs, std::memory_order_release);
        return ideographs[0];
    }
    auto* const fresh = new (std::nothrow) traits_block;
    if (!fresh)
        return computed(scalar);
    auto const first = static_cast<char32_t>(scalar / traits_block_size * traits_block_size);
    for (std::size_t i = 0; i < traits_block_size; ++i)
        (*fresh)[i] = computed(first + static_cast<char32_t>(i));
    auto const answer = (*fresh)[scalar % traits_block_size];
    traits_block const* published = nullptr;
    auto& place = traits_blocks[scalar / traits_block_size];
    if (!place.compare_exchange_strong(published, fresh, std::memory_order_acq_rel))
        delete fresh;  // another thread was quicker
    return answer;
}

bool takes_emoji_presentation(char32_t scalar) noexcept
{
    if (scalar < 0x80)
        return scalar == U'#' || scalar == U'*' || (scalar >= U'0' && scalar <= U'9');
    return traits_of(scalar).kind == break_class::pictographic;
}

bool is_regional_indicator(char32_t scalar) noexcept
{
    return scalar >= 0x1F1E6 && scalar <= 0x1F1FF;
}

bool joins(break_class left, break_class right, cluster_walk& walk) noexcept
{
    using enum break_class;
    auto const among = [](break_class what, auto... kinds) { return ((what == kinds) || ...); };
    auto const emoji = left == pictographic || (walk.in_emoji && left == extend);
    auto const joined_emoji = walk.in_emoji && left == zero_width_joiner;
    auto const had_pair = walk.has_pair;
    walk = {.in_emoji = emoji && among(right, extend, zero_width_joiner), .has_pair = false};

    if (left == control || right == control)
        return false;
    if (among(right, extend, zero_width_joiner, spacing_mark) || left == prepend)  // GB9 to GB9b
        return true;
    if (right == pictographic)  // GB11
        return joined_emoji;
    if (right == regional_indicator) {  // GB12, GB13
        walk.has_pair = left == regional_indicator && !had_pair;
        return walk.has_pair;
    }
    return (left == hangul_l && among(right, hangul_l, hangul_v, hangul_lv, hangul_lvt)) ||  // GB6 to GB8
           (among(left, hangul_lv, hangul_v) && among(right, hangul_v, hangul_t)) ||
           (among(left, hangul_lvt, hangul_t) && right == hangul_t);
}

}  // namespace tendril::term
