#pragma once

/// @file
/// How a cell is drawn: colours and attributes in one word. Layer: term. Spec: ECMA-48 SGR; kitty underlines.

#include <tendril/term/color.hpp>

#include <cstdint>

namespace tendril::term {

/// The underline styles of SGR 4:n.
enum class underline : std::uint8_t { none, single, doubled, curly, dotted, dashed };

/// One bit each in a rendition.
enum class attribute : std::uint8_t {
    bold,
    faint,
    italic,
    blink,
    reverse,
    hidden,
    strike,
    overline,
    guarded  ///< DECSCA: selective erase leaves the cell alone
};

/// Foreground, background, attributes and underline style, packed into 64 bits so that comparing and
/// copying one costs what a number costs. All zero is the default.
class rendition {
public:
    constexpr rendition() = default;

    [[nodiscard]] constexpr color foreground() const noexcept { return color_at(foreground_shift); }
    [[nodiscard]] constexpr color background() const noexcept { return color_at(background_shift); }
    [[nodiscard]] constexpr underline line() const noexcept
    {
        return static_cast<underline>((bits_ >> underline_shift) & 7u);
    }
    [[nodiscard]] constexpr bool has(attribute which) const noexcept { return (bits_ & bit(which)) != 0; }

    constexpr void set_foreground(color to) noexcept { put(foreground_shift, color_mask, to.packed()); }
    constexpr void set_background(color to) noexcept { put(background_shift, color_mask, to.packed()); }
    constexpr void set_line(underline to) noexcept
    {
        put(underline_shift, 7u, static_cast<std::uint64_t>(to));
    }
    constexpr void set(attribute which) noexcept { bits_ |= bit(which); }
    constexpr void clear(attribute which) noexcept { bits_ &= ~bit(which); }
    constexpr void flip(attribute which) noexcept { bits_ ^= bit(which); }

    /// What an erased cell keeps of it: the background (xterm's "back colour erase").
    [[nodiscard]] constexpr rendition erased() const noexcept
    {
        rendition kept;
        kept.set_background(background());
        return kept;
    }

    /// The default rendition, still guarded if this one is: SGR 0 does not undo DECSCA.
    [[nodiscard]] constexpr rendition reset() const noexcept
    {
        rendition kept;
        kept.bits_ = bits_ & bit(attribute::guarded);
        return kept;
    }

    /// All of it as a number, for hashing and storing.
    [[nodiscard]] constexpr std::uint64_t packed() const noexcept { return bits_; }

    /// The rendition that packed() gave; an underline style that there is not becomes none.
    [[nodiscard]] static constexpr rendition unpacked(std::uint64_t bits) noexcept
    {
        rendition made;
        made.bits_ = bits & ((std::uint64_t{1} << (underline_shift + 3)) - 1);
        if (made.line() > underline::dashed)
            made.set_line(underline::none);
        return made;
    }

    bool operator==(rendition const&) const = default;

private:
    static constexpr int foreground_shift = 0;
    static constexpr int background_shift = color::bit_count;
    static constexpr int attribute_shift = 2 * color::bit_count;
    static constexpr int underline_shift = attribute_shift + 9;
    static constexpr std::uint64_t color_mask = (std::uint64_t{1} << color::bit_count) - 1;

    [[nodiscard]] static constexpr std::uint64_t bit(attribute which) noexcept
    {
        return std::uint64_t{1} << (attribute_shift + static_cast<int>(which));
    }
    [[nodiscard]] constexpr color color_at(int shift) const noexcept
    {
        return color::unpacked(static_cast<std::uint32_t>((bits_ >> shift) & color_mask));
    }
    constexpr void put(int shift, std::uint64_t mask, std::uint64_t value) noexcept
    {
        bits_ = (bits_ & ~(mask << shift)) | value << shift;
    }

    std::uint64_t bits_ = 0;
};

}  // namespace tendril::term
