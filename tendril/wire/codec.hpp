#pragma once

/// @file
/// Which C++ values travel, and how. Layer: wire (base). Spec: docs/protocol.md "Values"; parity row R14.

#include <tendril/base/secret.hpp>
#include <tendril/wire/unpacker.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace tendril::wire {

/// How a type travels: `static void pack(packer&, T const&)` and `static T unpack(unpacker&)`, which may give
/// any value after it has called fail(). Specialise it, or give a struct `wire_fields`.
template <typename T>
struct codec;

/// The members of a struct that travel, in their order: `list`, a tuple of pointers to members. A struct says
/// it itself as `static constexpr auto wire_fields = std::tuple(&point::x, &point::y);`; for one that cannot
/// be changed, specialise this.
template <typename T>
struct fields;

template <typename T>
    requires requires { T::wire_fields; }
struct fields<T> {
    static constexpr auto list = T::wire_fields;
};

/// What can be packed.
template <typename T>
concept packable = requires(packer& to, T const& value) { codec<T>::pack(to, value); };

/// What can be unpacked.
template <typename T>
concept unpackable = requires(unpacker& from) {
    { codec<T>::unpack(from) } -> std::same_as<T>;
};

template <>
struct codec<bool> {
    static void pack(packer& to, bool value) { to.boolean(value); }
    static bool unpack(unpacker& from) { return from.boolean(); }
};

namespace detail {

/// Characters are no numbers; a text has a codec.
template <typename T>
concept number = std::integral<T> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
                 !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

}  // namespace detail

template <detail::number Number>
struct codec<Number> {
    static void pack(packer& to, Number value)
    {
        if constexpr (std::signed_integral<Number>)
            to.integer(value);
        else
            to.natural(value);
    }

    static Number unpack(unpacker& from)
    {
        auto const value = [&] {
            if constexpr (std::signed_integral<Number>)
                return from.integer();
            else
                return from.natural();
        }();
        if (std::in_range<Number>(value))
            return static_cast<Number>(value);
        from.fail(errc::out_of_range, "an integer of " + std::to_string(8 * sizeof(Number)) + " bits");
        return {};
    }
};

template <typename Enum>
    requires std::is_enum_v<Enum>
struct codec<Enum> {
    using number = std::underlying_type_t<Enum>;
    static void pack(packer& to, Enum value) { codec<number>::pack(to, static_cast<number>(value)); }
    static Enum unpack(unpacker& from) { return static_cast<Enum>(codec<number>::unpack(from)); }
};

template <std::floating_point Number>
    requires(sizeof(Number) <= sizeof(double))
struct codec<Number> {
    static void pack(packer& to, Number value) { to.real(value); }
    static Number unpack(unpacker& from) { return static_cast<Number>(from.real()); }
};

template <>
struct codec<std::string> {
    static void pack(packer& to, std::string const& value) { to.text(value); }
    static std::string unpack(unpacker& from) { return std::string(from.text()); }
};

/// Packs only: what is unpacked must own its text.
template <>
struct codec<std::string_view> {
    static void pack(packer& to, std::string_view value) { to.text(value); }
};

template <>
struct codec<char const*> {
    static void pack(packer& to, char const* value) { to.text(value); }
};

template <std::size_t Size>
struct codec<char[Size]> {
    static void pack(packer& to, char const* value) { to.text(value); }
};

template <>
struct codec<byte_buffer> {
    static void pack(packer& to, byte_buffer const& value) { to.bytes(value); }
    static byte_buffer unpack(unpacker& from)
    {
        auto const bytes = from.bytes();
        return {bytes.begin(), bytes.end()};
    }
};

/// The buffer that it is packed into is not wiped: that is its owner's part.
template <>
struct codec<base::secret> {
    static void pack(packer& to, base::secret const& value) { to.text(value.reveal()); }
    static base::secret unpack(unpacker& from) { return base::secret(from.text()); }
};

template <>
struct codec<timestamp> {
    static void pack(packer& to, timestamp value) { to.time(value); }
    static timestamp unpack(unpacker& from) { return from.time(); }
};

/// As nanoseconds. The file's clock and floating durations have no codec.
template <std::integral Number, typename Period>
struct codec<std::chrono::duration<Number, Period>> {
    using duration = std::chrono::duration<Number, Period>;
    static void pack(packer& to, duration value)
    {
        to.integer(std::chrono::duration_cast<std::chrono::nanoseconds>(value).count());
    }
    static duration unpack(unpacker& from)
    {
        return std::chrono::duration_cast<duration>(std::chrono::nanoseconds(from.integer()));
    }
};

/// Nil, or the value. Two levels of it could not be told apart.
template <typename T>
struct codec<std::optional<T>> {
    static void pack(packer& to, std::optional<T> const& value)
    {
        if (value)
            codec<T>::pack(to, *value);
        else
            to.nil();
    }
    static std::optional<T> unpack(unpacker& from)
    {
        if (from.peek() != value_type::nil)
            return codec<T>::unpack(from);
        from.nil();
        return std::nullopt;
    }
};

template <typename T>
struct codec<std::optional<std::optional<T>>>;

template <typename T>
struct codec<std::vector<T>> {
    static void pack(packer& to, std::vector<T> const& values)
    {
        to.array(values.size());
        for (T const& each : values)
            codec<T>::pack(to, each);
    }
    static std::vector<T> unpack(unpacker& from)
    {
        std::vector<T> values;
        auto const count = from.array();
        for (std::size_t n = 0; n < count && !from.problem(); ++n)
            values.push_back(codec<T>::unpack(from));
        from.leave();
        return values;
    }
};

namespace detail {

template <typename Map>
struct map_codec {
    static void pack(packer& to, Map const& pairs)
    {
        to.map(pairs.size());
        for (auto const& [key, value] : pairs) {
            codec<typename Map::key_type>::pack(to, key);
            codec<typename Map::mapped_type>::pack(to, value);
        }
    }
    static Map unpack(unpacker& from)
    {
        Map pairs;
        auto const count = from.map();
        for (std::size_t n = 0; n < count && !from.problem(); ++n) {
            auto key = codec<typename Map::key_type>::unpack(from);
            pairs.insert_or_assign(std::move(key), codec<typename Map::mapped_type>::unpack(from));
        }
        from.leave();
        return pairs;
    }
};

/// A list with a fixed number of values, each of a type of its own. A longer one is no error: what newer
/// peers add at its end is left out.
template <typename... Each>
void pack_list(packer& to, Each const&... values)
{
    to.array(sizeof...(values));
    (codec<Each>::pack(to, values), ...);
}

template <typename... Each>
void unpack_list(unpacker& from, Each&... values)
{
    auto const count = from.array();
    if (count < sizeof...(values))
        from.fail(errc::wrong_type, "a list of " + std::to_string(sizeof...(values)));
    ((values = codec<Each>::unpack(from)), ...);
    for (auto n = sizeof...(values); n < count && !from.problem(); ++n)
        from.skip();
    from.leave();
}

}  // namespace detail

template <typename Key, typename T>
struct codec<std::map<Key, T>> : detail::map_codec<std::map<Key, T>> {};

template <typename Key, typename T>
struct codec<std::unordered_map<Key, T>> : detail::map_codec<std::unordered_map<Key, T>> {};

template <typename... Each>
struct codec<std::tuple<Each...>> {
    static void pack(packer& to, std::tuple<Each...> const& values)
    {
        std::apply([&](Each const&... each) { detail::pack_list(to, each...); }, values);
    }
    static std::tuple<Each...> unpack(unpacker& from)
    {
        std::tuple<Each...> values;
        std::apply([&](Each&... each) { detail::unpack_list(from, each...); }, values);
        return values;
    }
};

template <typename First, typename Second>
struct codec<std::pair<First, Second>> {
    static void pack(packer& to, std::pair<First, Second> const& both)
    {
        detail::pack_list(to, both.first, both.second);
    }
    static std::pair<First, Second> unpack(unpacker& from)
    {
        std::pair<First, Second> both;
        detail::unpack_list(from, both.first, both.second);
        return both;
    }
};

/// A list of which alternative it is, and its value.
template <typename... Each>
struct codec<std::variant<Each...>> {
    static void pack(packer& to, std::variant<Each...> const& value)
    {
        to.array(2);
        to.natural(value.index());
        std::visit([&]<typename T>(T const& held) { codec<T>::pack(to, held); }, value);
    }
    static std::variant<Each...> unpack(unpacker& from)
    {
        if (from.array() != 2)
            from.fail(errc::wrong_type, "a list of an alternative and its value");
        auto value = of_alternative(from, from.natural(), std::index_sequence_for<Each...>());
        from.leave();
        return value;
    }

private:
    template <std::size_t... Indices>
    static std::variant<Each...> of_alternative(unpacker& from, std::uint64_t which,
                                                std::index_sequence<Indices...> /*all*/)
    {
        std::variant<Each...> value;
        bool const known =
            ((which == Indices && (value.template emplace<Indices>(codec<Each>::unpack(from)), true)) || ...);
        if (!known)
            from.fail(errc::out_of_range, "one of " + std::to_string(sizeof...(Each)) + " alternatives");
        return value;
    }
};

/// A list of the members that fields names.
template <typename Struct>
    requires requires { fields<Struct>::list; }
struct codec<Struct> {
    static void pack(packer& to, Struct const& value)
    {
        std::apply([&](auto... members) { detail::pack_list(to, value.*members...); }, fields<Struct>::list);
    }
    static Struct unpack(unpacker& from)
    {
        Struct value{};
        std::apply([&](auto... members) { detail::unpack_list(from, value.*members...); },
                   fields<Struct>::list);
        return value;
    }
};

/// Packs @p values one after the other.
template <typename... Each>
[[nodiscard]] byte_buffer pack(Each const&... values)
{
    static_assert((packable<Each> && ...),
                  "no codec for this type: give the struct wire_fields, or specialise tendril::wire::codec");
    byte_buffer bytes;
    packer to(bytes);
    (codec<Each>::pack(to, values), ...);
    return bytes;
}

/// The value that @p bytes are.
///
/// @p keeper is what keeps the bytes alive, for values that share them (blob.hpp); may be null.
/// Errors: those of unpacker; trailing_bytes when something follows.
template <typename T>
[[nodiscard]] result<T> unpack(base::byte_view bytes, std::shared_ptr<void const> keeper = {})
{
    static_assert(unpackable<T>,
                  "no codec for this type: give the struct wire_fields, or specialise tendril::wire::codec");
    unpacker from(bytes, std::move(keeper));
    T value = codec<T>::unpack(from);
    if (!from.problem() && !from.at_end())
        from.fail(errc::trailing_bytes, "a value");
    if (auto const& problem = from.problem())
        return std::unexpected(*problem);
    return value;
}

}  // namespace tendril::wire
