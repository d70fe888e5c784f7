#include <tendril/wire/codec.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::wire;
using namespace std::chrono_literals;

struct point {
    int x = 0;
    int y = 0;
    static constexpr auto wire_fields = std::tuple(&point::x, &point::y);
    [[nodiscard]] bool operator==(point const&) const = default;
};

/// A newer build's point.
struct labelled_point {
    int x = 0;
    int y = 0;
    std::vector<std::string> labels;
    static constexpr auto wire_fields =
        std::tuple(&labelled_point::x, &labelled_point::y, &labelled_point::labels);
};

struct foreign {
    std::string name;
    std::optional<point> at;
    [[nodiscard]] bool operator==(foreign const&) const = default;
};

enum class colour : std::uint8_t { red = 1, green = 200 };

struct unknown_to_us {};

}  // namespace

template <>
struct tendril::wire::fields<foreign> {
    static constexpr auto list = std::tuple(&foreign::name, &foreign::at);
};

namespace {

std::string hex(byte_buffer const& bytes)
{
    std::string text;
    for (auto const each : bytes)
        for (auto const half : {std::to_integer<unsigned>(each) >> 4U, std::to_integer<unsigned>(each) & 15U})
            text += "0123456789abcdef"[half];
    return text;
}

byte_buffer from_hex(std::string_view text)
{
    byte_buffer bytes;
    for (std::size_t at = 0; at < text.size(); at += 2)
        bytes.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16)));
    return bytes;
}

template <typename T>
void check_round_trip(T const& value)
{
    auto const back = unpack<T>(pack(value));
    REQUIRE(back.has_value());
    CHECK(*back == value);
    for (std::size_t size = 0; size < pack(value).size(); ++size) {
        auto cut = pack(value);
        cut.resize(size);
        CHECK_FALSE(unpack<T>(cut).has_value());
    }
}

template <typename T>
errc why_not(std::string_view bytes)
{
    auto const value = unpack<T>(from_hex(bytes));
    REQUIRE_FALSE(value.has_value());
    REQUIRE(value.error().code.category() == category());
    return static_cast<errc>(value.error().code.value());
}

TEST_CASE("R14: numbers take the shortest form that MessagePack has")
{
    for (auto const& [value, expected] :
         std::vector<std::pair<std::int64_t, std::string>>{{0, "00"},
                                                           {127, "7f"},
                                                           {128, "cc80"},
                                                           {255, "ccff"},
                                                           {256, "cd0100"},
                                                           {65535, "cdffff"},
                                                           {65536, "ce00010000"},
                                                           {4294967296, "cf0000000100000000"},
                                                           {-1, "ff"},
                                                           {-32, "e0"},
                                                           {-33, "d0df"},
                                                           {-128, "d080"},
                                                           {-129, "d1ff7f"},
                                                           {-32769, "d2ffff7fff"},
                                                           {-2147483649, "d3ffffffff7fffffff"}}) {
        CHECK(hex(pack(value)) == expected);
        CHECK(unpack<std::int64_t>(from_hex(expected)) == value);
    }
    CHECK(hex(pack(1.5, 1.5F, true, false)) == "cb3ff8000000000000ca3fc00000c3c2");
}

TEST_CASE("R14: every kind of value comes back as it was, and no part of it is taken for the whole")
{
    check_round_trip(true);
    check_round_trip(std::numeric_limits<std::uint64_t>::max());
    check_round_trip(std::numeric_limits<std::int64_t>::min());
    check_round_trip(std::int8_t{-128});
    check_round_trip(-0.1);
    check_round_trip(1e-30F);
    check_round_trip(colour::green);
    check_round_trip(std::string());
    check_round_trip(std::string("h\xc3\xa9llo\0x", 8));
    for (auto const size : {31UL, 32UL, 255UL, 256UL, 65535UL, 65536UL}) {
        CHECK(unpack<std::string>(pack(std::string(size, 'x'))) == std::string(size, 'x'));
        CHECK(unpack<byte_buffer>(pack(byte_buffer(size))) == byte_buffer(size));
        CHECK(unpack<std::vector<bool>>(pack(std::vector<bool>(size, true))) ==
              std::vector<bool>(size, true));
    }
    check_round_trip(byte_buffer{std::byte{0}, std::byte{255}});
    check_round_trip(std::vector<std::string>{"a", "", "ccc"});
    check_round_trip(std::map<std::string, std::vector<int>>{{"one", {1}}, {"none", {}}});
    check_round_trip(std::unordered_map<int, std::string>{{1, "one"}, {-2, "two"}});
    check_round_trip(std::optional<int>(5));
    check_round_trip(std::optional<int>());
    check_round_trip(std::variant<int, std::string, point>(point{1, -1}));
    check_round_trip(std::variant<int, std::string, point>("text"));
    check_round_trip(std::tuple<int, std::string, bool>(1, "two", true));
    check_round_trip(std::pair<point, double>({3, 4}, 0.5));
    check_round_trip(foreign{"name", point{1, 2}});
    check_round_trip(foreign{"", std::nullopt});
    check_round_trip(1500ms);
    check_round_trip(-3h);
    CHECK(std::isnan(*unpack<double>(pack(std::nan("")))));
    CHECK(unpack<base::secret>(pack(base::secret("s3cret")))->reveal() == "s3cret");
}

TEST_CASE("R14: times travel as MessagePack's own, before 1970 and beyond 2514, too")
{
    for (auto const time : {timestamp(0ns), timestamp(1'700'000'000'123'456'789ns), timestamp(-1ns),
                            timestamp(std::chrono::hours(24 * 365 * 250))})
        check_round_trip(time);
    CHECK(hex(pack(timestamp(1s))) == "d7ff0000000000000001");
    CHECK(unpack<timestamp>(from_hex("d6ff00000001")) == timestamp(1s));
    CHECK(unpack<timestamp>(from_hex("c70cff00000001ffffffffffffffff")) == timestamp(-1s + 1ns));
    CHECK(why_not<timestamp>("d7ffffffffff00000000") == errc::out_of_range);
    CHECK(why_not<timestamp>("c70cff000000007fffffffffffffff") == errc::out_of_range);
    CHECK(why_not<timestamp>("d70100000000000000") == errc::wrong_type);
    CHECK(why_not<timestamp>("01") == errc::wrong_type);
}

TEST_CASE("R14: a number that does not fit, or is written with a sign, is told from one of another type")
{
    CHECK(unpack<std::uint8_t>(from_hex("d10001")) == 1);
    CHECK(why_not<std::uint8_t>("cd0100") == errc::out_of_range);
    CHECK(why_not<std::uint64_t>("ff") == errc::out_of_range);
    CHECK(why_not<std::int64_t>("cfffffffffffffffff") == errc::out_of_range);
    CHECK(why_not<int>("a131") == errc::wrong_type);
    CHECK(why_not<int>("d600000000") == errc::wrong_type);
    CHECK(why_not<double>("01") == errc::wrong_type);
    CHECK(why_not<bool>("c0") == errc::wrong_type);
    CHECK(why_not<std::string>("c40131") == errc::wrong_type);
    CHECK(why_not<std::vector<int>>("80") == errc::wrong_type);
    CHECK(unpack<std::vector<int>>(from_hex("9201a132")).error().message() ==
          "cannot unpack an integer at byte 2: it is of another type");
    CHECK(unpack<std::vector<int>>(from_hex("9201cd01")).error().message() ==
          "cannot unpack an integer at byte 2: the value is cut off");
}

TEST_CASE("R14: a struct of a newer build is read without what was added, one of an older build is refused")
{
    CHECK(*unpack<point>(pack(labelled_point{1, 2, {"a", "b"}})) == point{1, 2});
    CHECK(why_not<labelled_point>(hex(pack(point{1, 2}))) == errc::wrong_type);
    CHECK(why_not<std::variant<int, bool>>("9202c2") == errc::out_of_range);
    CHECK(why_not<std::variant<int, bool>>("9300c2c2") == errc::wrong_type);
}

TEST_CASE("R14: counts that lie, endless nesting and what follows a value are errors that cost nothing")
{
    CHECK(why_not<std::vector<int>>("ddffffffff") == errc::truncated);
    CHECK(why_not<std::map<int, int>>("dfffffffff0102") == errc::truncated);
    CHECK(why_not<std::string>("dbffffffff") == errc::truncated);
    CHECK(why_not<int>("0101") == errc::trailing_bytes);
    CHECK(why_not<int>("") == errc::truncated);

    byte_buffer deep(1'000'000, std::byte{0x91});
    unpacker nested(deep);
    nested.skip();
    REQUIRE(nested.problem().has_value());
    CHECK(nested.problem()->code == make_error_code(errc::too_deep));
    unpacker never(deep = from_hex("c1"));
    never.skip();
    CHECK(never.problem()->code == make_error_code(errc::not_a_value));
}

TEST_CASE("R14: any value can be looked at and read over without knowing its type")
{
    auto const packed = pack(1, -1, "text", byte_buffer{std::byte{1}}, 0.5, true, std::optional<int>(),
                             std::map<std::string, std::vector<int>>{{"a", {1, 2}}}, timestamp(1s),
                             std::numeric_limits<std::uint64_t>::max());
    unpacker from(packed);
    using enum value_type;
    for (auto const type : {integer, integer, text, bytes, real, boolean, nil, map, time, integer}) {
        CHECK(from.peek() == type);
        from.skip();
    }
    CHECK(from.at_end());
    CHECK_FALSE(from.problem().has_value());
    for (auto const* extension : {"d40500", "d5050000", "d800112233445566778899aabbccddeeff00", "c7000500",
                                  "c800010500", "c9000000010500"}) {
        auto const unknown = from_hex(extension);
        unpacker other(unknown);
        CHECK(other.peek() == value_type::extension);
    }
}

TEST_CASE("R08: what has no codec is refused when it is compiled")
{
    CHECK(packable<point>);
    CHECK(unpackable<std::vector<std::map<std::string, std::optional<point>>>>);
    CHECK(packable<char const*>);
    CHECK_FALSE(unpackable<std::string_view>);
    CHECK_FALSE(packable<unknown_to_us>);
    CHECK_FALSE(unpackable<std::optional<std::optional<int>>>);
    CHECK_FALSE(packable<int*>);
    CHECK_FALSE(packable<char>);
    CHECK_FALSE(unpackable<long double>);
}

}  // namespace
