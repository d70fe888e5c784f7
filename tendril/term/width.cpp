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

character_traits computed(char32_t scalar) noexcept
{
    auto const* const property = utf8proc_get_property(static_cast<utf8proc_int32_t>(scalar));
    auto const bound = property->boundclass;
    // A sign that is prepended to what follows may stand alone here: its cell is its own.
    auto const may_join = bound != UTF8PROC_BOUNDCLASS_OTHER &&
                          bound != UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC &&
                          bound != UTF8PROC_BOUNDCLASS_PREPEND;
    if (is_regional_indicator(scalar))
        return {.width = 2, .may_join = true};
    if (property->charwidth != 0)
        return {.width = static_cast<std::uint8_t>(property->charwidth), .may_join = may_join};
    auto const shown =
        property->category == UTF8PROC_CATEGORY_CN || property->category == UTF8PROC_CATEGORY_CO;
    return {.width = static_cast<std::uint8_t>(shown ? 1 : 0), .may_join = may_join};
}

}  // namespace

std::array<std::atomic<traits_block const*>, 0x110000 / traits_block_size> detail::traits_blocks;

character_traits detail::first_traits_of(char32_t scalar) noexcept
{
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
