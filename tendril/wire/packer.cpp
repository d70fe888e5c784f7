#include <tendril/wire/detail/big_endian.hpp>
#include <tendril/wire/detail/format.hpp>
#include <tendril/wire/packer.hpp>

#include <array>
#include <bit>
#include <limits>
#include <stdexcept>

namespace tendril::wire {

namespace format = detail::format;

namespace {

template <typename Number>
bool fits(std::uint64_t value) noexcept
{
    return value <= std::numeric_limits<Number>::max();
}

std::uint32_t counted(std::size_t size)
{
    if (!fits<std::uint32_t>(size))
        throw std::length_error("a value of more than 4 GiB cannot be packed");
    return static_cast<std::uint32_t>(size);
}

}  // namespace

void packer::head(std::uint8_t tag)
{
    to_->push_back(static_cast<std::byte>(tag));
}

template <typename Number>
void packer::head(std::uint8_t tag, Number number)
{
    std::array<std::byte, 1 + sizeof number> bytes;
    detail::put(detail::put(bytes.data(), tag), number);
    append(bytes);
}

void packer::append(base::byte_view bytes)
{
    to_->insert(to_->end(), bytes.begin(), bytes.end());
}

void packer::nil()
{
    head(format::nil);
}

void packer::boolean(bool value)
{
    head(value ? format::yes : format::no);
}

void packer::natural(std::uint64_t value)
{
    if (value <= format::largest_fixint)
        head(static_cast<std::uint8_t>(value));
    else if (fits<std::uint8_t>(value))
        head(format::uint8, static_cast<std::uint8_t>(value));
    else if (fits<std::uint16_t>(value))
        head(format::uint16, static_cast<std::uint16_t>(value));
    else if (fits<std::uint32_t>(value))
        head(format::uint32, static_cast<std::uint32_t>(value));
    else
        head(format::uint64, value);
}

void packer::integer(std::int64_t value)
{
    auto const bits = static_cast<std::uint64_t>(value);
    if (value >= 0)
        natural(bits);
    else if (value >= -32)
        head(static_cast<std::uint8_t>(bits));
    else if (value >= std::numeric_limits<std::int8_t>::min())
        head(format::int8, static_cast<std::uint8_t>(bits));
    else if (value >= std::numeric_limits<std::int16_t>::min())
        head(format::int16, static_cast<std::uint16_t>(bits));
    else if (value >= std::numeric_limits<std::int32_t>::min())
        head(format::int32, static_cast<std::uint32_t>(bits));
    else
        head(format::int64, bits);
}

void packer::real(double value)
{
    head(format::float64, std::bit_cast<std::uint64_t>(value));
}

void packer::real(float value)
{
    head(format::float32, std::bit_cast<std::uint32_t>(value));
}

void packer::text(std::string_view value)
{
    auto const size = counted(value.size());
    if (size < 32)
        head(static_cast<std::uint8_t>(format::fixstr | size));
    else if (fits<std::uint8_t>(size))
        head(format::str8, static_cast<std::uint8_t>(size));
    else if (fits<std::uint16_t>(size))
        head(format::str16, static_cast<std::uint16_t>(size));
    else
        head(format::str32, size);
    append(base::bytes_of(value));
}

void packer::bytes(base::byte_view value)
{
    auto const size = counted(value.size());
    if (fits<std::uint8_t>(size))
        head(format::bin8, static_cast<std::uint8_t>(size));
    else if (fits<std::uint16_t>(size))
        head(format::bin16, static_cast<std::uint16_t>(size));
    else
        head(format::bin32, size);
    append(value);
}

/// Seconds in 34 bits where they fit, in 64 where they do not; nanoseconds never point backwards.
void packer::time(timestamp value)
{
    auto const whole = std::chrono::floor<std::chrono::seconds>(value);
    auto const seconds = static_cast<std::uint64_t>(whole.time_since_epoch().count());
    auto const nanoseconds = static_cast<std::uint32_t>((value - whole).count());
    if (seconds >> 34U == 0) {
        head(format::fixext8, format::timestamp_extension);
        std::array<std::byte, 8> both;
        detail::put(both.data(), std::uint64_t{nanoseconds} << 34U | seconds);
        append(both);
        return;
    }
    head(format::ext8, std::uint8_t{12});
    head(format::timestamp_extension, nanoseconds);
    std::array<std::byte, 8> rest;
    detail::put(rest.data(), seconds);
    append(rest);
}

void packer::container(std::size_t count, std::uint8_t fixed, std::uint8_t of16, std::uint8_t of32)
{
    auto const size = counted(count);
    if (size < 16)
        head(static_cast<std::uint8_t>(fixed | size));
    else if (fits<std::uint16_t>(size))
        head(of16, static_cast<std::uint16_t>(size));
    else
        head(of32, size);
}

void packer::array(std::size_t count)
{
    container(count, format::fixarray, format::array16, format::array32);
}

void packer::map(std::size_t count)
{
    container(count, format::fixmap, format::map16, format::map32);
}

}  // namespace tendril::wire
