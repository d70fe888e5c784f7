#pragma once

/// @file
/// The primitives of snapshots: numbers of variable length, texts, and a checksum.
/// Layer: term. Spec: docs/layers/term.md, "Snapshots".

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tendril::term::detail {

/// Finds accidents, not forgers: 64 bits, eight bytes at a time.
[[nodiscard]] std::uint64_t checksum_of(std::string_view bytes) noexcept;

/// Appends. Its member functions have a twin in snapshot_reader, so that one function can describe both.
class snapshot_writer {
public:
    static constexpr bool reads = false;

    /// LEB128, seven bits a byte.
    void number(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes_ += static_cast<char>(value | 0x80);
        bytes_ += static_cast<char>(value);
    }
    template <typename Number>
    void field(Number value, Number /*most*/)
    {
        number(static_cast<std::uint64_t>(value));
    }
    void flag(bool value) { bytes_ += static_cast<char>(value); }
    void fixed(std::uint64_t value);
    void text(std::string_view value)
    {
        number(value.size());
        bytes_ += value;
    }
    void raw(std::string_view bytes) { bytes_ += bytes; }

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    std::string bytes_;
};

/// Reads what a writer wrote, or anything else: after the first thing that cannot be, failed() says so for
/// good and every value is 0 or empty. Lifetime: the bytes must outlive the reader.
class snapshot_reader {
public:
    static constexpr bool reads = true;

    explicit snapshot_reader(std::string_view bytes) noexcept : rest_(bytes) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }
    void fail() noexcept
    {
        failed_ = true;
        rest_ = {};
    }

    [[nodiscard]] std::uint64_t number() noexcept;

    /// A number from 0 to @p most.
    template <typename Number>
    void field(Number& value, Number most) noexcept
    {
        auto const read = number();
        if (read > static_cast<std::uint64_t>(most))
            fail();
        value = failed_ ? Number{} : static_cast<Number>(read);
    }
    void flag(bool& value) noexcept
    {
        std::uint8_t read = 0;
        field(read, std::uint8_t{1});
        value = read != 0;
    }
    [[nodiscard]] std::uint64_t fixed() noexcept;

    /// How many things follow, each of which takes @p least_bytes or more.
    [[nodiscard]] std::size_t count(std::size_t least_bytes = 1) noexcept;

    /// What raw() would give, fewer bytes at the end; nothing is read.
    [[nodiscard]] std::string_view peek(std::size_t count) const noexcept { return rest_.substr(0, count); }

    /// Any bytes.
    [[nodiscard]] std::string_view raw(std::size_t count) noexcept;
    [[nodiscard]] std::string_view text() noexcept { return raw(count()); }

    /// Well-formed UTF-8 without controls: it will be written to other terminals and to pages.
    [[nodiscard]] std::string clean_text();

private:
    std::string_view rest_;
    bool failed_ = false;
};

/// Whether a cell may hold @p scalar: a character, no control, no surrogate.
[[nodiscard]] constexpr bool is_printable(std::uint32_t scalar) noexcept
{
    return scalar >= 0x20 && scalar <= 0x10FFFF && !(scalar >= 0x7F && scalar < 0xA0) &&
           !(scalar >= 0xD800 && scalar < 0xE000);
}

}  // namespace tendril::term::detail
