#pragma once

/// @file
/// How many cells a character takes, and which characters belong together.
/// Layer: term (utf8proc). Spec: UAX 11, UAX 29; the Unicode version is utf8proc's (15.0 with 2.8).

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tendril::term {

/// What the cluster rules know of a character: Unicode's Grapheme_Cluster_Break, and Extended_Pictographic.
enum class break_class : std::uint8_t {
    other,
    control,
    extend,
    hangul_l,
    hangul_v,
    hangul_t,
    hangul_lv,
    hangul_lvt,
    regional_indicator,
    spacing_mark,
    prepend,
    zero_width_joiner,
    pictographic
};

/// What printing must know of a character, found in one look-up.
struct character_traits {
    constexpr character_traits() = default;
    constexpr character_traits(std::uint8_t cells, bool joining, break_class what) noexcept
        : kind(what), width(cells & 3u), may_join(joining)
    {
    }

    break_class kind : 4 = break_class::other;

    /// Cells on its own: 0 for marks and format characters, 2 for East Asian wide, fullwidth and emoji by
    /// default, else 1. Ambiguous characters are narrow. An unassigned one takes one cell.
    std::uint8_t width : 2 = 1;

    /// Whether it may go on a cluster that does not end with a zero width joiner. When it may not, joins()
    /// need not be asked.
    bool may_join : 1 = false;
};
static_assert(sizeof(character_traits) == 1);

namespace detail {

inline constexpr std::size_t traits_block_size = 256;
using traits_block = std::array<character_traits, traits_block_size>;

/// Filled on demand, never freed: a program that shows all of Unicode makes it one megabyte.
extern std::array<std::atomic<traits_block const*>, 0x110000 / traits_block_size> traits_blocks;

/// Fills the block of @p scalar, unless there is no memory for it.
[[nodiscard]] character_traits first_traits_of(char32_t scalar) noexcept;

}  // namespace detail

/// Threads: safe; the first look-up in each block of code points keeps the block's answers for all.
[[nodiscard]] inline character_traits traits_of(char32_t scalar) noexcept
{
    auto const* const known =
        detail::traits_blocks[scalar / detail::traits_block_size].load(std::memory_order_acquire);
    return known ? (*known)[scalar % detail::traits_block_size] : detail::first_traits_of(scalar);
}

/// Whether a variation selector 16 after @p scalar makes it an emoji, two cells wide.
[[nodiscard]] bool takes_emoji_presentation(char32_t scalar) noexcept;

/// What stands apart after a character of one class, whatever came before that: one bit for each class and
/// width, so that one test tells.
class neighbours {
public:
    constexpr explicit neighbours(break_class before = break_class::other) noexcept
        : met_(table[static_cast<std::size_t>(before)])
    {
    }

    /// Whether joins() must be asked about a character of @p next, or it takes no cell.
    [[nodiscard]] constexpr bool may_meet(character_traits next) const noexcept
    {
        return (met_ >> (static_cast<unsigned>(next.kind) | unsigned{next.width} << width_shift) & 1u) != 0;
    }

private:
    using row_table = std::array<std::uint64_t, 16>;
    static constexpr int width_shift = 4;

    static constexpr row_table computed() noexcept
    {
        using enum break_class;
        constexpr auto bit = [](auto... kinds) { return ((1u << static_cast<int>(kinds)) | ...); };
        row_table met{};
        met.fill(bit(extend, zero_width_joiner, spacing_mark));
        auto const at = [&met](break_class kind) -> std::uint64_t& {
            return met[static_cast<std::size_t>(kind)];
        };
        at(control) = 0;
        // A sign that is prepended to a letter may stand alone here: its cell is its own.
        at(prepend) |= bit(hangul_l, hangul_v, hangul_t, hangul_lv, hangul_lvt, regional_indicator);
        at(zero_width_joiner) |= bit(pictographic);
        at(regional_indicator) |= bit(regional_indicator);
        at(hangul_l) |= bit(hangul_l, hangul_v, hangul_lv, hangul_lvt);
        at(hangul_lv) |= bit(hangul_v, hangul_t);
        at(hangul_v) |= bit(hangul_v, hangul_t);
        at(hangul_lvt) |= bit(hangul_t);
        at(hangul_t) |= bit(hangul_t);
        constexpr std::uint64_t no_cell = 0xFFFF;
        for (auto& row : met)
            row = no_cell | row << (1 << width_shift) | row << (2 << width_shift);
        return met;
    }
    static row_table const table;

    std::uint64_t met_;
};

inline constexpr neighbours::row_table neighbours::table = neighbours::computed();

/// Whether @p scalar is one of the 26 letters of which two make a flag.
[[nodiscard]] bool is_regional_indicator(char32_t scalar) noexcept;

/// What a walk through a grapheme cluster remembers beside its last code point.
struct cluster_walk {
    bool in_emoji = false;  ///< the end is an emoji with marks and then perhaps a joiner behind it
    bool has_pair = false;  ///< the end is the second of two regional indicators

    bool operator==(cluster_walk const&) const = default;
};

/// Whether a grapheme cluster that ends with @p before (or what is of that class) goes on with @p next; then
/// @p walk goes on too. Spec: UAX 29, rules GB3 to GB13.
[[nodiscard]] bool joins(break_class before, break_class next, cluster_walk& walk) noexcept;
[[nodiscard]] inline bool joins(char32_t before, char32_t next, cluster_walk& walk) noexcept
{
    return joins(traits_of(before).kind, traits_of(next).kind, walk);
}

}  // namespace tendril::term
