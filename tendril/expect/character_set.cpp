#include <tendril/expect/detail/character_set.hpp>

#include <algorithm>

namespace tendril::expect::detail {

namespace {

constexpr char32_t last_scalar = 0x10FFFF;
constexpr char32_t first_surrogate = 0xD800;
constexpr char32_t last_surrogate = 0xDFFF;

struct encoded {
    std::array<std::uint8_t, 4> bytes{};
    std::size_t count = 0;
};

encoded encode(char32_t scalar)
{
    auto const tail = [scalar](int shift) {
        return static_cast<std::uint8_t>(0x80 | ((scalar >> shift) & 0x3F));
    };
    if (scalar < 0x80)
        return {{static_cast<std::uint8_t>(scalar)}, 1};
    if (scalar < 0x800)
        return {{static_cast<std::uint8_t>(0xC0 | (scalar >> 6)), tail(0)}, 2};
    if (scalar < 0x10000)
        return {{static_cast<std::uint8_t>(0xE0 | (scalar >> 12)), tail(6), tail(0)}, 3};
    return {{static_cast<std::uint8_t>(0xF0 | (scalar >> 18)), tail(12), tail(6), tail(0)}, 4};
}

/// Where @p range must be cut so that both halves are simpler; `range.last` when it is one sequence.
char32_t cut_behind(code_range range)
{
    for (char32_t const longest : {char32_t{0x7F}, char32_t{0x7FF}, char32_t{0xFFFF}})
        if (range.first <= longest && range.last > longest)
            return longest;
    if (range.first < 0x80)
        return range.last;
    for (int i = 1; i < 4; ++i) {
        char32_t const low_bits = (char32_t{1} << (6 * i)) - 1;
        if ((range.first & ~low_bits) == (range.last & ~low_bits))
            continue;
        if ((range.first & low_bits) != 0)
            return range.first | low_bits;
        if ((range.last & low_bits) != low_bits)
            return (range.last & ~low_bits) - 1;
    }
    return range.last;
}

}  // namespace

void character_set::add(char32_t first, char32_t last)
{
    if (first < first_surrogate && last > last_surrogate) {
        add(first, first_surrogate - 1);
        add(last_surrogate + 1, last);
        return;
    }
    if (last >= first_surrogate && last <= last_surrogate)
        last = first_surrogate - 1;
    if (first >= first_surrogate && first <= last_surrogate)
        first = last_surrogate + 1;
    if (first > last)
        return;
    auto const touching = [&](code_range const& one) {
        return one.first <= last + 1 && first <= one.last + 1;
    };
    for (auto const& one : ranges_)
        if (touching(one)) {
            first = std::min(first, one.first);
            last = std::max(last, one.last);
        }
    std::erase_if(ranges_, touching);
    auto const at = std::ranges::upper_bound(ranges_, first, {}, &code_range::first);
    ranges_.insert(at, {first, last});
}

void character_set::add(character_set const& other)
{
    for (auto const& one : other.ranges_)
        add(one.first, one.last);
}

void character_set::complement()
{
    character_set outside;
    char32_t from = 0;
    for (auto const& one : ranges_) {
        if (from < one.first)
            outside.add(from, one.first - 1);
        from = one.last + 1;
    }
    if (from <= last_scalar)
        outside.add(from, last_scalar);
    *this = std::move(outside);
}

std::vector<byte_sequence> utf8_sequences(character_set const& set)
{
    std::vector<byte_sequence> sequences;
    std::vector<code_range> rest(set.ranges().rbegin(), set.ranges().rend());
    while (!rest.empty()) {
        auto const range = rest.back();
        auto const cut = cut_behind(range);
        if (cut != range.last) {
            rest.back() = {cut + 1, range.last};
            rest.push_back({range.first, cut});
            continue;
        }
        rest.pop_back();
        auto const low = encode(range.first);
        auto const high = encode(range.last);
        byte_sequence sequence{.count = low.count};
        for (std::size_t i = 0; i < low.count; ++i)
            sequence.ranges[i] = {low.bytes[i], high.bytes[i]};
        sequences.push_back(sequence);
    }
    return sequences;
}

}  // namespace tendril::expect::detail
