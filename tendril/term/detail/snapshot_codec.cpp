#include <tendril/term/detail/snapshot_codec.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>

namespace tendril::term::detail {

namespace {

constexpr std::uint64_t odd_spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio

std::uint64_t little_endian(char const* at, std::size_t count) noexcept
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    return value;
}

bool has_controls(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        auto const is_c1 =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (byte < 0x20 || byte == 0x7F || is_c1)
            return true;
    }
    return false;
}

}  // namespace

std::uint64_t checksum_of(std::string_view bytes) noexcept
{
    std::uint64_t sum = bytes.size() + 1;
    auto const mix = [&](std::uint64_t word) {
        sum = (sum ^ word) * odd_spread;
        sum ^= sum >> 32;
    };
    auto const* at = bytes.data();
    auto left = bytes.size();
    for (; left >= 8; left -= 8, at += 8)
        mix(little_endian(at, 8));
    mix(little_endian(at, left));
    return sum;
}

void snapshot_writer::fixed(std::uint64_t value)
{
    for (int shift = 0; shift < 64; shift += 8)
        bytes_ += static_cast<char>(value >> shift);
}

std::uint64_t snapshot_reader::number() noexcept
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (rest_.empty())
            break;
        auto const byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80)
            return value;
    }
    fail();
    return 0;
}

std::uint64_t snapshot_reader::fixed() noexcept
{
    auto const bytes = raw(8);
    return little_endian(bytes.data(), bytes.size());
}

std::size_t snapshot_reader::count(std::size_t least_bytes) noexcept
{
    auto const many = number();
    if (many > rest_.size() / std::max<std::size_t>(least_bytes, 1)) {
        fail();
        return 0;
    }
    return static_cast<std::size_t>(many);
}

std::string_view snapshot_reader::raw(std::size_t count) noexcept
{
    if (count > rest_.size()) {
        fail();
        return {};
    }
    auto const bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
}

std::string snapshot_reader::clean_text()
{
    auto const read = text();
    if (has_controls(read) || vt::repaired_utf8(read) != read) {
        fail();
        return {};
    }
    return std::string(read);
}

}  // namespace tendril::term::detail
