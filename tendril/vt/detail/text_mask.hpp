#pragma once

/// @file
/// Where printable ASCII ends: 64 bytes at a time as a mask, and a walk over such masks.
/// Layer: vt. Design: docs/adr/0023-tokens-by-mask.md.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace tendril::vt::detail {

inline constexpr std::ptrdiff_t mask_width = 64;

[[nodiscard]] constexpr bool is_ascii_text(std::uint8_t byte) noexcept
{
    return byte >= 0x20 && byte < 0x7F;
}

/// Bit i says whether byte i of the 64 at @p bytes is something else than printable ASCII (0x20 to 0x7E).
[[nodiscard]] inline std::uint64_t text_mask_portable(std::uint8_t const* bytes) noexcept
{
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < mask_width; ++i)
        mask |= std::uint64_t{!is_ascii_text(bytes[i])} << i;
    return mask;
}

/// The same with the vector instructions that every processor of the architecture has. Wider ones would not
/// show: the masks are a fiftieth of the work.
[[nodiscard]] inline std::uint64_t text_mask(std::uint8_t const* bytes) noexcept
{
#if defined(__SSE2__)
    auto const below = _mm_set1_epi8(0x20);
    auto const del = _mm_set1_epi8(0x7F);
    std::uint64_t mask = 0;
    for (int i = 0; i < 4; ++i) {
        auto const part = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes) + i);
        // The comparison is signed, so that it catches the bytes from 0x80 on as well.
        auto const other = _mm_or_si128(_mm_cmplt_epi8(part, below), _mm_cmpeq_epi8(part, del));
        mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(other))) << (16 * i);
    }
    return mask;
#elif defined(__aarch64__)
    static constexpr std::uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    auto const weight = vld1q_u8(weights);
    uint8x16_t part[4];
    for (int i = 0; i < 4; ++i) {
        auto const from_blank = vsubq_u8(vld1q_u8(bytes + 16 * i), vdupq_n_u8(0x20));
        part[i] = vandq_u8(vcgtq_u8(from_blank, vdupq_n_u8(0x7E - 0x20)), weight);
    }
    auto const sums = vpaddq_u8(vpaddq_u8(part[0], part[1]), vpaddq_u8(part[2], part[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
#else
    return text_mask_portable(bytes);
#endif
}

/// Finds the ends of text runs in one stretch of bytes, front to back; each byte is masked once.
class text_scanner {
public:
    using byte_pointer = std::uint8_t const*;

    text_scanner(byte_pointer begin, byte_pointer end) noexcept : base_(begin), end_(end) {}

    /// The first byte from @p at on that is no printable ASCII, or the end. Only ever forwards.
    [[nodiscard, gnu::always_inline]] byte_pointer find(byte_pointer at) noexcept
    {
        if (at < base_)  // within the text that led to the last answer
            return found_;
        for (;;) {
            auto const done = at - base_;
            if (done < covered_) {
                if (auto const rest = mask_ >> done; rest != 0)
                    return found_ = at + std::countr_zero(rest);
                at = base_ + mask_width;
            }
            if (at >= end_)
                return found_ = end_;
            load(at);
        }
    }

private:
    [[gnu::noinline]] void load(byte_pointer at) noexcept
    {
        base_ = at;
        covered_ = mask_width;
        if (end_ - at >= mask_width) {
            mask_ = text_mask(at);
            return;
        }
        std::uint8_t last[mask_width] = {};  // what lies beyond the end is no text
        std::memcpy(last, at, static_cast<std::size_t>(end_ - at));
        mask_ = text_mask(last);
    }

    byte_pointer base_;
    byte_pointer end_;
    byte_pointer found_ = nullptr;
    std::ptrdiff_t covered_ = 0;
    std::uint64_t mask_ = 0;
};

}  // namespace tendril::vt::detail
