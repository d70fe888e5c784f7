#pragma once

/// @file
/// Any packed value as one plain, self-describing type, as a reader in another language sees it.
/// Layer: wire (base). Spec: docs/protocol.md "Values"; parity rows R14 and R22.

#include <tendril/wire/codec.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tendril::wire {

/// A value whose type only its bytes told: structs are arrays of their members, enums numbers.
struct plain {
    using array = std::vector<plain>;
    using map = std::vector<std::pair<plain, plain>>;  ///< in the order in which it was packed

    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, byte_buffer, array,
                 map, timestamp>
        value = {};  ///< a natural number only where an integer cannot hold it

    [[nodiscard]] bool operator==(plain const&) const = default;
};

/// Takes any value. An extension that is no time cannot be read.
template <>
struct codec<plain> {
    static void pack(packer& to, plain const& value);
    static plain unpack(unpacker& from);
};

/// What @p value looks like to who does not know its type. A secret comes out, too: not for logs.
template <packable T>
[[nodiscard]] plain to_plain(T const& value)
{
    return unpack<plain>(pack(value)).value();
}

/// @p value as JSON-like text on one line, for people: `["web1", 3, nil, {"a": 1.5}, b'00ff',
/// 2026-01-01T00:00:00Z]`. Behind @p most bytes it is cut, with `...`.
[[nodiscard]] std::string to_text(plain const& value, std::size_t most = 4096);

}  // namespace tendril::wire
