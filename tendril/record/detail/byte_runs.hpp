#pragma once

/// @file
/// How far a text goes before a byte that wants a closer look, eight bytes at a time. Layer: record.
/// Spec: RFC 8259 section 7; "Bit Twiddling Hacks" (haszero, hasless).

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tendril::record::detail {

/// Eight times the byte @p value.
constexpr std::uint64_t eight_of(unsigned char value) noexcept
{
    return value * 0x0101010101010101U;
}

/// The size of the longest beginning of @p text that has no byte for which @p is_hit. @p hits gives, for
/// eight bytes in a word, a word whose lowest set bit lies in the first byte that is hit, zero when none is.
template <typename Hits, typename IsHit>
std::size_t run_without(std::string_view text, Hits hits, IsHit is_hit) noexcept
{
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little)
        for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
            std::memcpy(&word, text.data() + at, sizeof word);
            if (auto const found = hits(word); found != 0)
                return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        }
    while (at < text.size() && !is_hit(static_cast<unsigned char>(text[at])))
        ++at;
    return at;
}

/// The size of the beginning of @p text that is ASCII.
inline std::size_t ascii_run(std::string_view text) noexcept
{
    return run_without(
        text, [](std::uint64_t word) { return word & eight_of(0x80); },
        [](unsigned char byte) { return byte >= 0x80; });
}

/// The size of the beginning of @p text that stands in a JSON string as it is.
inline std::size_t unescaped_run(std::string_view text) noexcept
{
    auto const is_zero = [](std::uint64_t word) { return (word - eight_of(1)) & ~word; };
    return run_without(
        text,
        [&](std::uint64_t word) {
            auto const control = (word - eight_of(0x20)) & ~word;
            return (control | is_zero(word ^ eight_of('"')) | is_zero(word ^ eight_of('\\'))) &
                   eight_of(0x80);
        },
        [](unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; });
}

}  // namespace tendril::record::detail
