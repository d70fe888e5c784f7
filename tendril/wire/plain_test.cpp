#include <tendril/wire/blob.hpp>
#include <tendril/wire/plain.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::wire;

enum class colour : std::uint8_t { red, green };

struct point {
    int x = 0;
    std::optional<std::string> name;
    colour shade = colour::red;

    static constexpr auto wire_fields = std::tuple(&point::x, &point::name, &point::shade);
};

TEST_CASE("R22: a value of the user's becomes a plain one, as a reader of another language sees it")
{
    auto const plain_point = to_plain(point{-3, "here", colour::green});

    CHECK(plain_point == plain{plain::array{{std::int64_t{-3}}, {std::string("here")}, {std::int64_t{1}}}});
    CHECK(to_plain(std::map<std::string, bool>{{"a", true}}) ==
          plain{plain::map{{{std::string("a")}, {true}}}});
    CHECK(to_plain(std::numeric_limits<std::uint64_t>::max()) ==
          plain{std::numeric_limits<std::uint64_t>::max()});
    CHECK(to_plain(std::uint64_t{7}) == plain{std::int64_t{7}});
    CHECK(to_plain(1.5) == plain{1.5});
}

TEST_CASE("R22: a plain value travels, and becomes the user's type again")
{
    point const was{5, std::nullopt, colour::green};

    auto const there = unpack<plain>(pack(to_plain(was)));

    REQUIRE(there);
    auto const is = unpack<point>(pack(*there));
    REQUIRE(is);
    CHECK(is->x == 5);
    CHECK_FALSE(is->name);
    CHECK(is->shade == colour::green);
    std::string deep(65, '\x91');  // an array of one array of one ...
    CHECK_FALSE(unpack<plain>(base::bytes_of(deep + '\xc0')).has_value());
    CHECK_FALSE(unpack<plain>(base::bytes_of("\xd4\x05x")).has_value());
}

TEST_CASE("R22: a value is shown as text on one line, cut where there is enough")
{
    auto const text = [](auto const& value) { return to_text(to_plain(value)); };

    CHECK(text(point{1, "a\"\n", colour::red}) == "[1, \"a\\\"\\u000a\", 0]");
    CHECK(text(std::tuple(std::optional<int>(), true, 2.0, -0.5)) == "[nil, true, 2.0, -0.5]");
    CHECK(text(byte_buffer{std::byte{0}, std::byte{255}}) == "b'00ff'");
    CHECK(text(std::map<std::string, std::vector<int>>{{"a", {1, 2}}, {"b", {}}}) ==
          "{\"a\": [1, 2], \"b\": []}");
    CHECK(text(timestamp(std::chrono::nanoseconds(1'500'000'000))) == "1970-01-01T00:00:01.5Z");
    CHECK(to_text(to_plain(std::vector<int>(1000)), 10) == "[0, 0, 0, ...");
    CHECK(to_text(to_plain(std::string(1000, 'x')), 3) == "\"xx...");
}

TEST_CASE("R14: a large blob is not copied when it is unpacked, and keeps its message alive; a small one is")
{
    byte_buffer const large(100'000, std::byte{7});
    auto message = std::make_shared<byte_buffer const>(pack(std::pair(1, large)));
    std::weak_ptr<byte_buffer const> const seen = message;

    auto got = unpack<std::pair<int, blob>>(*message, message);

    REQUIRE(got);
    CHECK(got->second == blob(large));
    CHECK(got->second.bytes().data() > message->data());
    CHECK(got->second.bytes().data() < message->data() + message->size());
    message.reset();
    CHECK_FALSE(seen.expired());
    CHECK(got->second.bytes().back() == std::byte{7});
    got->second = blob();
    CHECK(seen.expired());

    auto const small = std::make_shared<byte_buffer const>(pack(byte_buffer(10, std::byte{7})));
    auto const copy = unpack<blob>(*small, small);
    REQUIRE(copy);
    CHECK(small.use_count() == 1);
    auto const alone = unpack<blob>(pack(large));
    REQUIRE(alone);
    CHECK(*alone == blob(large));
    CHECK(pack(*alone) == pack(large));
}

}  // namespace
