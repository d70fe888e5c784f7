#include <tendril/term/width.hpp>

#include <array>
#include <atomic>
#include <new>

#include <utf8proc.h>

namespace tendril::term {

namespace {

constexpr std::size_t block_size = 256;
constexpr std::size_t block_count = 0x110000 / block_size;
using block = std::array<character_traits, block_size>;

/// Filled on demand, never freed: a program that shows all of Unicode makes it half a megabyte.
std::array<std::atomic<block const*>, block_count> blocks;

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

/// Computes the block that @p scalar is in and publishes it. Null when there is no memory.
block const* filled(char32_t scalar) noexcept
{
    auto* const fresh = new (std::nothrow) block;
    if (!fresh)
        return nullptr;
    auto const first = static_cast<char32_t>(scalar / block_size * block_size);
    for (std::size_t i = 0; i < block_size; ++i)
        (*fresh)[i] = computed(first + static_cast<char32_t>(i));
    block const* published = nullptr;
    if (blocks[scalar / block_size].compare_exchange_strong(published, fresh, std::memory_order_acq_rel))
        return fresh;
    delete fresh;  // another thread was quicker
    return published;
}

}  // namespace

character_traits detail::looked_up_traits(char32_t scalar) noexcept
{
    auto const* known = blocks[scalar / block_size].load(std::memory_order_acquire);
    if (!known)
        known = filled(scalar);
    return known ? (*known)[scalar % block_size] : computed(scalar);
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
