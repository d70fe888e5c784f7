#pragma once

/// @file
/// What led from one look to another before. Layer: term. Spec: none.

#include <tendril/term/detail/output_buffer.hpp>
#include <tendril/term/rendition.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tendril::term::detail {

/// Bytes of SGR by the renditions before and after: a screen has few looks, and goes from one to another
/// again and again. A later pair may take the place of an earlier one.
class sgr_memo {
public:
    /// Appends what was kept for the way @p from one rendition @p to another. Returns whether there was any.
    bool append(output_buffer& out, rendition from, rendition to) const
    {
        auto const place = place_of(from, to);
        auto const& kept = entries_[place];
        if ((taken_ >> place & 1) == 0 || kept.from != from.packed() || kept.to != to.packed())
            return false;
        std::memcpy(out.room(longest), kept.bytes.data(), longest);
        out.took(kept.length);
        return true;
    }

    /// Keeps the end of @p written, from @p start on, for append(), unless it is long.
    void keep(rendition from, rendition to, output_buffer const& written, std::size_t start)
    {
        auto const bytes = written.text().substr(start);
        if (bytes.size() > longest)
            return;
        auto const place = place_of(from, to);
        auto& kept = entries_[place];
        taken_ |= 1u << place;
        kept.from = from.packed();
        kept.to = to.packed();
        kept.length = bytes.size();
        bytes.copy(kept.bytes.data(), longest);
    }

private:
    static constexpr std::size_t longest = 24;
    static constexpr unsigned place_bits = 4;

    struct entry {
        std::uint64_t from;
        std::uint64_t to;
        std::size_t length;
        std::array<char, longest> bytes;
    };

    [[nodiscard]] static std::size_t place_of(rendition from, rendition to) noexcept
    {
        constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio
        return (from.packed() * spread ^ std::rotl(to.packed(), 32)) * spread >> (64 - place_bits);
    }

    std::uint32_t taken_ = 0;  ///< a bit for each entry that counts; the others are never read
    std::array<entry, std::size_t{1} << place_bits> entries_;
};

}  // namespace tendril::term::detail
