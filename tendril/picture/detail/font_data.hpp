#pragma once

/// @file
/// The fonts that come with the program, compressed as the build packed them.
/// Layer: picture. Design: ADR 0017; the definitions are written by fonts/pack_fonts.cpp.

#include <cstddef>
#include <span>

namespace tendril::picture::detail {

/// Bytes in zlib's format, and how many they become.
struct packed_bytes {
    unsigned char const* data;
    std::size_t size;
    std::size_t unpacked_size;
};

/// DejaVu Sans Mono, a TrueType file.
[[nodiscard]] packed_bytes regular_outlines() noexcept;
[[nodiscard]] packed_bytes bold_outlines() noexcept;

/// Unifont is drawn on a grid 16 high and 8 or 16 wide.
inline constexpr int bitmap_rows = 16;

/// How many characters a page of it has.
inline constexpr char32_t page_length = 1024;

/// A page: unpacked, a byte for each character that says how many columns of 8 pixels it has (0: no glyph),
/// then the columns of 16 bytes, the leftmost pixel in the highest bit.
struct bitmap_page {
    char32_t first;
    packed_bytes content;
};

/// All pages, ascending.
[[nodiscard]] std::span<bitmap_page const> bitmap_pages() noexcept;

}  // namespace tendril::picture::detail
