#include <tendril/wire/detail/big_endian.hpp>
#include <tendril/wire/detail/format.hpp>
#include <tendril/wire/unpacker.hpp>

#include <bit>
#include <limits>
#include <string>

namespace tendril::wire {

namespace format = detail::format;

namespace {

constexpr std::uint32_t nanoseconds_a_second = 1'000'000'000;

/// The moments that a 64-bit number of nanoseconds can say.
constexpr std::int64_t latest_second = std::numeric_limits<std::int64_t>::max() / nanoseconds_a_second - 1;

/// Where the type of an extension stands that begins with @p tag: behind its size.
std::size_t type_offset(std::uint8_t tag) noexcept
{
    switch (tag) {
    case format::ext8:
        return 2;
    case format::ext16:
        return 3;
    case format::ext32:
        return 5;
    default:
        return 1;
    }
}

}  // namespace

std::optional<value_type> unpacker::peek() const noexcept
{
    if (problem_ || rest_.empty())
        return std::nullopt;
    auto const tag = std::to_integer<std::uint8_t>(rest_.front());
    if (tag <= format::largest_fixint || tag >= format::negative_fixint)
        return value_type::integer;
    if (tag < format::fixarray)
        return value_type::map;
    if (tag < format::fixstr)
        return value_type::array;
    if (tag < format::nil)
        return value_type::text;
    switch (tag) {
    case format::nil:
        return value_type::nil;
    case format::never_used:
        return std::nullopt;
    case format::no:
    case format::yes:
        return value_type::boolean;
    case format::bin8:
    case format::bin16:
    case format::bin32:
        return value_type::bytes;
    case format::float32:
    case format::float64:
        return value_type::real;
    case format::str8:
    case format::str16:
    case format::str32:
        return value_type::text;
    case format::array16:
    case format::array32:
        return value_type::array;
    case format::map16:
    case format::map32:
        return value_type::map;
    default:
        break;
    }
    if (tag >= format::uint8 && tag <= format::int64)
        return value_type::integer;
    auto const at = type_offset(tag);
    bool const is_time =
        rest_.size() > at && rest_[at] == static_cast<std::byte>(format::timestamp_extension);
    return is_time ? value_type::time : value_type::extension;
}

void unpacker::fail(errc why, std::string_view wanted)
{
    if (problem_)
        return;
    problem_ = error{make_error_code(why),
                     "unpack " + std::string(wanted) + " at byte " + std::to_string(value_at_)};
    rest_ = {};
}

base::byte_view unpacker::take(std::size_t count, std::string_view wanted)
{
    if (count > rest_.size()) {
        fail(errc::truncated, wanted);
        return {};
    }
    auto const taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

template <typename Number>
Number unpacker::take_number(std::string_view wanted)
{
    auto const taken = take(sizeof(Number), wanted);
    return taken.empty() ? Number{} : detail::get<Number>(taken.data());
}

/// After an error that is no tag of the type that is wanted, either.
std::uint8_t unpacker::take_tag(std::string_view wanted)
{
    value_at_ = whole_.size() - rest_.size();
    auto const taken = take(1, wanted);
    return taken.empty() ? format::never_used : std::to_integer<std::uint8_t>(taken.front());
}

void unpacker::nil()
{
    if (take_tag("nil") != format::nil)
        fail(errc::wrong_type, "nil");
}

bool unpacker::boolean()
{
    auto const tag = take_tag("a boolean");
    if (tag != format::no && tag != format::yes)
        fail(errc::wrong_type, "a boolean");
    return tag == format::yes;
}

std::int64_t unpacker::integer()
{
    constexpr std::string_view wanted = "an integer";
    if (rest_.empty() || rest_.front() < std::byte{format::int8}) {
        auto const value = natural();
        if (value > std::numeric_limits<std::int64_t>::max())
            fail(errc::out_of_range, wanted);
        return problem_ ? 0 : static_cast<std::int64_t>(value);
    }
    auto const tag = take_tag(wanted);
    if (tag >= format::negative_fixint)
        return static_cast<std::int8_t>(tag);
    switch (tag) {
    case format::int8:
        return static_cast<std::int8_t>(take_number<std::uint8_t>(wanted));
    case format::int16:
        return static_cast<std::int16_t>(take_number<std::uint16_t>(wanted));
    case format::int32:
        return static_cast<std::int32_t>(take_number<std::uint32_t>(wanted));
    case format::int64:
        return static_cast<std::int64_t>(take_number<std::uint64_t>(wanted));
    default:
        fail(errc::wrong_type, wanted);
        return 0;
    }
}

std::uint64_t unpacker::natural()
{
    constexpr std::string_view wanted = "an integer";
    if (!rest_.empty() && rest_.front() >= std::byte{format::int8} &&
        peek() == value_type::integer) {  // others may write a small number with a sign
        auto const value = integer();
        if (value < 0)
            fail(errc::out_of_range, "an integer that is not negative");
        return problem_ ? 0 : static_cast<std::uint64_t>(value);
    }
    auto const tag = take_tag(wanted);
    if (tag <= format::largest_fixint)
        return tag;
    switch (tag) {
    case format::uint8:
        return take_number<std::uint8_t>(wanted);
    case format::uint16:
        return take_number<std::uint16_t>(wanted);
    case format::uint32:
        return take_number<std::uint32_t>(wanted);
    case format::uint64:
        return take_number<std::uint64_t>(wanted);
    default:
        fail(errc::wrong_type, wanted);
        return 0;
    }
}

double unpacker::real()
{
    constexpr std::string_view wanted = "a number with a fraction";
    switch (take_tag(wanted)) {
    case format::float32:
        return static_cast<double>(std::bit_cast<float>(take_number<std::uint32_t>(wanted)));
    case format::float64:
        return std::bit_cast<double>(take_number<std::uint64_t>(wanted));
    default:
        fail(errc::wrong_type, wanted);
        return 0;
    }
}

std::string_view unpacker::text()
{
    constexpr std::string_view wanted = "a text";
    auto const tag = take_tag(wanted);
    if (tag >= format::fixstr && tag < format::nil)
        return base::text_of(take(tag - format::fixstr, wanted));
    switch (tag) {
    case format::str8:
        return base::text_of(take(take_number<std::uint8_t>(wanted), wanted));
    case format::str16:
        return base::text_of(take(take_number<std::uint16_t>(wanted), wanted));
    case format::str32:
        return base::text_of(take(take_number<std::uint32_t>(wanted), wanted));
    default:
        fail(errc::wrong_type, wanted);
        return {};
    }
}

base::byte_view unpacker::bytes()
{
    constexpr std::string_view wanted = "bytes";
    switch (take_tag(wanted)) {
    case format::bin8:
        return take(take_number<std::uint8_t>(wanted), wanted);
    case format::bin16:
        return take(take_number<std::uint16_t>(wanted), wanted);
    case format::bin32:
        return take(take_number<std::uint32_t>(wanted), wanted);
    default:
        fail(errc::wrong_type, wanted);
        return {};
    }
}

/// The size of an extension whose first byte was @p tag; the type comes next.
std::size_t unpacker::extension_size(std::uint8_t tag)
{
    constexpr std::string_view wanted = "an extension";
    switch (tag) {
    case format::ext8:
        return take_number<std::uint8_t>(wanted);
    case format::ext16:
        return take_number<std::uint16_t>(wanted);
    case format::ext32:
        return take_number<std::uint32_t>(wanted);
    default:
        return std::size_t{1} << (tag - format::fixext1);
    }
}

timestamp unpacker::time()
{
    constexpr std::string_view wanted = "a time";
    if (peek() != value_type::time) {
        value_at_ = whole_.size() - rest_.size();
        fail(rest_.empty() ? errc::truncated : errc::wrong_type, wanted);
        return {};
    }
    auto const size = extension_size(take_tag(wanted));
    take(1, wanted);
    std::uint32_t nanoseconds = 0;
    std::int64_t seconds = 0;
    if (size == 4) {
        seconds = take_number<std::uint32_t>(wanted);
    } else if (size == 8) {
        auto const both = take_number<std::uint64_t>(wanted);
        nanoseconds = static_cast<std::uint32_t>(both >> 34U);
        seconds = static_cast<std::int64_t>(both & 0x3'ffff'ffffU);
    } else if (size == 12) {
        nanoseconds = take_number<std::uint32_t>(wanted);
        seconds = static_cast<std::int64_t>(take_number<std::uint64_t>(wanted));
    } else {
        fail(errc::wrong_type, wanted);
    }
    if (nanoseconds >= nanoseconds_a_second || seconds > latest_second || seconds < -latest_second)
        fail(errc::out_of_range, wanted);
    if (problem_)
        return {};
    return timestamp(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanoseconds));
}

/// Each value takes a byte at least: a greater number is a lie that nobody is to make room for.
std::size_t unpacker::container(std::size_t count, std::size_t values_each, std::string_view wanted)
{
    if (count > rest_.size() / values_each)
        fail(errc::truncated, wanted);
    if (++depth_ > deepest)
        fail(errc::too_deep, wanted);
    return problem_ ? 0 : count;
}

std::size_t unpacker::array()
{
    constexpr std::string_view wanted = "a list";
    auto const tag = take_tag(wanted);
    if (tag >= format::fixarray && tag < format::fixstr)
        return container(tag - format::fixarray, 1, wanted);
    if (tag == format::array16)
        return container(take_number<std::uint16_t>(wanted), 1, wanted);
    if (tag == format::array32)
        return container(take_number<std::uint32_t>(wanted), 1, wanted);
    fail(errc::wrong_type, wanted);
    return container(0, 1, wanted);
}

std::size_t unpacker::map()
{
    constexpr std::string_view wanted = "a map";
    auto const tag = take_tag(wanted);
    if (tag >= format::fixmap && tag < format::fixarray)
        return container(tag - format::fixmap, 2, wanted);
    if (tag == format::map16)
        return container(take_number<std::uint16_t>(wanted), 2, wanted);
    if (tag == format::map32)
        return container(take_number<std::uint32_t>(wanted), 2, wanted);
    fail(errc::wrong_type, wanted);
    return container(0, 2, wanted);
}

void unpacker::skip()
{
    auto const type = peek();
    if (!type) {
        value_at_ = whole_.size() - rest_.size();
        fail(rest_.empty() ? errc::truncated : errc::not_a_value, "a value");
        return;
    }
    switch (*type) {
    case value_type::nil:
        return nil();
    case value_type::boolean:
        boolean();
        return;
    case value_type::integer:
        if (rest_.front() == std::byte{format::uint64})
            natural();
        else
            integer();
        return;
    case value_type::real:
        real();
        return;
    case value_type::text:
        text();
        return;
    case value_type::bytes:
        bytes();
        return;
    case value_type::time:
    case value_type::extension: {
        auto const size = extension_size(take_tag("an extension"));
        take(1, "an extension");
        take(size, "an extension");
        return;
    }
    case value_type::array:
    case value_type::map: {
        auto const values = *type == value_type::array ? array() : 2 * map();
        for (std::size_t n = 0; n < values && !problem_; ++n)
            skip();
        leave();
        return;
    }
    }
}

}  // namespace tendril::wire
