#pragma once

/// @file
/// Reads values that are MessagePack. Layer: wire (base). Spec: the MessagePack specification;
/// docs/protocol.md "Values".

#include <tendril/wire/error.hpp>
#include <tendril/wire/packer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace tendril::wire {

/// What a value is, as far as its first byte says.
enum class value_type { nil, boolean, integer, real, text, bytes, array, map, time, extension };

/// Takes values from bytes that nobody vouches for. Nothing is run, nothing is reserved because a number in
/// the bytes says so.
///
/// Errors: the first one is kept, and whatever is asked after it gives an empty value: read all, then look.
/// Lifetime: the bytes outlive the object and the views it gives.
class unpacker {
public:
    /// Values within values: as deep as any honest peer goes.
    static constexpr int deepest = 64;

    /// @p keeper keeps the bytes alive, for values that share them; may be null.
    explicit unpacker(base::byte_view from, std::shared_ptr<void const> keeper = {}) noexcept
        : whole_(from), rest_(from), keeper_(std::move(keeper))
    {
    }

    /// What keeps the bytes alive; may be null.
    [[nodiscard]] std::shared_ptr<void const> const& keeper() const noexcept { return keeper_; }

    /// What comes next; nothing at the end, at a byte that begins no value, and after an error.
    [[nodiscard]] std::optional<value_type> peek() const noexcept;

    void nil();
    bool boolean();
    std::int64_t integer();
    std::uint64_t natural();
    double real();
    std::string_view text();
    base::byte_view bytes();
    timestamp time();

    /// How many values follow. The number is no more than there are bytes left. Each is a level deeper:
    /// leave() comes after the last one.
    std::size_t array();

    /// How many pairs of key and value follow; otherwise as array().
    std::size_t map();

    /// Goes a level up.
    void leave() noexcept { --depth_; }

    /// Reads over a value, whatever it is.
    void skip();

    /// True when nothing is left.
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

    /// What is left. Lifetime: as the bytes.
    [[nodiscard]] base::byte_view rest() const noexcept { return rest_; }

    /// Notes that what was read is not what it ought to be, unless there was an error before.
    void fail(errc why, std::string_view wanted);

    /// What went wrong: "unpack an integer at byte 12".
    [[nodiscard]] std::optional<error> const& problem() const noexcept { return problem_; }

private:
    std::uint8_t take_tag(std::string_view wanted);
    template <typename Number>
    Number take_number(std::string_view wanted);
    base::byte_view take(std::size_t count, std::string_view wanted);
    std::size_t container(std::size_t count, std::size_t values_each, std::string_view wanted);
    std::size_t extension_size(std::uint8_t tag);

    base::byte_view whole_;
    base::byte_view rest_;
    std::shared_ptr<void const> keeper_;
    std::size_t value_at_ = 0;  // where the value begins that was begun last
    int depth_ = 0;
    std::optional<error> problem_;
};

}  // namespace tendril::wire
